#pragma once
#include <zlib.h>

/* inflateInit2 is a macro, which Swift does not import; 15 + 32 accepts gzip and zlib headers. */
static inline int webb_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 32); }

/* The gzip-writing twin, for tests and for what we store compressed. */
static inline int webb_deflate_init(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
