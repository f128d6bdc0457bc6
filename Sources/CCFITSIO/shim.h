#pragma once
#include <fitsio.h>

/* Reads bytes from where ffmbyt went. Exported by every CFITSIO, but declared only in its second header. */
int ffgbyt(fitsfile *fptr, LONGLONG nbytes, void *buffer, int *status);
