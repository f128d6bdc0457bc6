#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* libjpeg calls exit() on an error unless error_exit is replaced; it must not return, so it jumps. */
struct escape {
  struct jpeg_error_mgr manager;
  jmp_buf target;
  char *message;
};

static void leave(j_common_ptr codec) {
  struct escape *escape = (struct escape *)codec->err;
  escape->manager.format_message(codec, escape->message);
  longjmp(escape->target, 1);
}

static void silence(j_common_ptr codec) { (void)codec; }

/* A small progressive file can name thousands of scans, each of which costs as much as a whole picture. */
static void count_scans(j_common_ptr codec) {
  if (codec->is_decompressor && ((j_decompress_ptr)codec)->input_scan_number > 200) {
    struct escape *escape = (struct escape *)codec->err;
    snprintf(escape->message, 200, "it has too many scans");
    longjmp(escape->target, 1);
  }
}

int cjpeg_encode(const uint8_t *samples, int width, int height, int components, int quality, uint8_t **bytes, size_t *count,
                 char *message) {
  struct jpeg_compress_struct encoder;
  struct escape escape;
  unsigned char *grown = NULL;
  unsigned long size = 0;

  encoder.err = jpeg_std_error(&escape.manager);
  escape.manager.error_exit = leave;
  escape.manager.output_message = silence;
  escape.message = message;
  if (setjmp(escape.target)) {
    /* libjpeg tells where its buffer has grown to only at the end: after an error there is no pointer to free. */
    jpeg_destroy_compress(&encoder);
    return 1;
  }
  jpeg_create_compress(&encoder);
  jpeg_mem_dest(&encoder, &grown, &size);
  encoder.image_width = (JDIMENSION)width;
  encoder.image_height = (JDIMENSION)height;
  encoder.input_components = components;
  encoder.in_color_space = components == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(&encoder);
  jpeg_set_quality(&encoder, quality, TRUE);
  /* The default integer transform gives the same bytes on every processor. */
  encoder.dct_method = JDCT_ISLOW;
  jpeg_start_compress(&encoder, TRUE);
  while (encoder.next_scanline < encoder.image_height) {
    JSAMPROW row = (JSAMPROW)(samples + (size_t)encoder.next_scanline * (size_t)width * (size_t)components);
    jpeg_write_scanlines(&encoder, &row, 1);
  }
  jpeg_finish_compress(&encoder);
  jpeg_destroy_compress(&encoder);
  *bytes = grown;
  *count = (size_t)size;
  return 0;
}

int cjpeg_decode(const uint8_t *bytes, size_t count, int enough_width, int enough_height, size_t pixel_limit, uint8_t **samples,
                 int *width, int *height, char *message) {
  struct jpeg_decompress_struct decoder;
  struct escape escape;
  struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
  uint8_t *volatile buffer = NULL;

  decoder.err = jpeg_std_error(&escape.manager);
  escape.manager.error_exit = leave;
  escape.manager.output_message = silence;
  escape.message = message;
  if (setjmp(escape.target)) {
    jpeg_destroy_decompress(&decoder);
    free(buffer);
    return 1;
  }
  jpeg_create_decompress(&decoder);
  decoder.progress = &progress;
  jpeg_mem_src(&decoder, bytes, (unsigned long)count);
  jpeg_read_header(&decoder, TRUE);
  if ((size_t)decoder.image_width * decoder.image_height > pixel_limit) {
    snprintf(message, 200, "%u x %u pixels are too many", decoder.image_width, decoder.image_height);
    jpeg_destroy_decompress(&decoder);
    return 1;
  }
  decoder.out_color_space = JCS_RGB;
  decoder.dct_method = JDCT_ISLOW;
  decoder.scale_denom = 8;
  decoder.scale_num = 8;
  if (enough_width > 0 || enough_height > 0) {
    for (decoder.scale_num = 1; decoder.scale_num < 8; decoder.scale_num *= 2) {
      jpeg_calc_output_dimensions(&decoder);
      if ((int)decoder.output_width >= enough_width && (int)decoder.output_height >= enough_height) break;
    }
  }
  jpeg_start_decompress(&decoder);
  size_t stride = (size_t)decoder.output_width * 3;
  buffer = malloc(stride * decoder.output_height);
  if (!buffer) {
    snprintf(message, 200, "there is no memory for it");
    jpeg_destroy_decompress(&decoder);
    return 1;
  }
  while (decoder.output_scanline < decoder.output_height) {
    JSAMPROW row = buffer + stride * decoder.output_scanline;
    jpeg_read_scanlines(&decoder, &row, 1);
  }
  *width = (int)decoder.output_width;
  *height = (int)decoder.output_height;
  jpeg_finish_decompress(&decoder);
  jpeg_destroy_decompress(&decoder);
  *samples = buffer;
  return 0;
}

void cjpeg_free(uint8_t *bytes) { free(bytes); }
