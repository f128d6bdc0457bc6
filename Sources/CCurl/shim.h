#pragma once

#include <curl/curl.h>

// Swift does not import variadic C functions, so every option type that the transport sets has a plain function here.
// The parentheses keep libcurl's type-checking macros of the same names out of the way.

typedef size_t (*ccurl_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_callback(CURL *easy, CURLoption option, ccurl_data_callback value) {
  return (curl_easy_setopt)(easy, option, value);
}

typedef curl_socket_t (*ccurl_socket_callback)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode ccurl_set_socket_callback(CURL *easy, ccurl_socket_callback value) {
  return (curl_easy_setopt)(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

// The address behind `addr` is longer than its type says for IPv6; its end is told by `addrlen`.
static inline const unsigned char *ccurl_address_bytes(const struct curl_sockaddr *address) {
  return (const unsigned char *)&address->addr;
}

// A macro that Swift does not import.
static const curl_socket_t ccurl_no_socket = CURL_SOCKET_BAD;

static inline CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return (curl_easy_getinfo)(easy, info, value);
}

// CURLMsg keeps its result in a union, which is told apart by `msg`.
static inline CURLcode ccurl_message_result(const CURLMsg *message) {
  return message->data.result;
}
