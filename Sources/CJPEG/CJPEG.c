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

int cjpeg_encode(const uint8_t *samples, int width, int height, int components, int quality, uint8_t **bytes, size_t *count,
                 char *message) {
  struct jpeg_compress_struct encoder;
  struct escape escape;
  /* Changed between setjmp and longjmp, read after it. */
  unsigned char *volatile buffer = NULL;
  unsigned char *grown = NULL;
  unsigned long size = 0;

  encoder.err = jpeg_std_error(&escape.manager);
  escape.manager.error_exit = leave;
  escape.manager.output_message = silence;
  escape.message = message;
  if (setjmp(escape.target)) {
    jpeg_destroy_compress(&encoder);
    free(buffer);
    return 1;
  }
  jpeg_create_compress(&encoder);
  jpeg_mem_dest(&encoder, &grown, &size);
  buffer = grown;
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

void cjpeg_free(uint8_t *bytes) { free(bytes); }
