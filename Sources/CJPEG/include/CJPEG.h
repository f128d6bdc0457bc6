#ifndef CJPEG_H
#define CJPEG_H

#include <stddef.h>
#include <stdint.h>

/// Compresses a picture with 8 bits per sample, rows from the top.
///
/// components is 1 (grey) or 3 (red, green, blue). On success returns 0 and stores a buffer that the caller gives back with cjpeg_free.
/// On failure returns 1 and writes the library's words into message (at least 200 bytes).
int cjpeg_encode(const uint8_t *samples, int width, int height, int components, int quality, uint8_t **bytes, size_t *count,
                 char *message);

/// Reads a picture as red, green and blue samples, rows from the top, at 1/1, 1/2, 1/4 or 1/8 of its size: the smallest that still has
/// enough_width columns and enough_height rows (0: no wish; both 0: whole). Refuses pictures of more than pixel_limit pixels.
///
/// On success returns 0 and stores a buffer that the caller gives back with cjpeg_free. On failure returns 1 with a message as above.
int cjpeg_decode(const uint8_t *bytes, size_t count, int enough_width, int enough_height, size_t pixel_limit, uint8_t **samples,
                 int *width, int *height, char *message);

void cjpeg_free(uint8_t *bytes);

#endif
