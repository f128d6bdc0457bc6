"""TLS in front of the server, for clients that log in over https only: tls_front.py CERTIFICATE KEY BACKEND_FILE

Prints its port. BACKEND_FILE, which may be written later, has the port of the server on this machine. Bytes pass unchanged.
"""
import socket
import ssl
import sys
import threading


def pass_on(source, sink):
    try:
        while piece := source.recv(65536):
            sink.sendall(piece)
    except OSError:
        pass
    finally:
        try:
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def serve(connection, context, backend):
    try:
        with context.wrap_socket(connection, server_side=True) as outer, \
                socket.create_connection(("127.0.0.1", int(open(backend).read()))) as inner:
            answers = threading.Thread(target=pass_on, args=(inner, outer), daemon=True)
            answers.start()
            pass_on(outer, inner)
            answers.join()
    except (OSError, ValueError) as error:
        print("tls_front:", error, file=sys.stderr)


def main(certificate, key, backend):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, context, backend), daemon=True).start()


main(*sys.argv[1:])
