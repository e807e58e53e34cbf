/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A column: many numbers of one field as bytes.
 *
 *   byte 0       width of each number in bytes: 0, 1, 2, 4 or 8
 *   bytes 1–4    how many there are
 *   bytes 5–12   the least of them
 *   then         each less the least one
 *
 * All little-endian. Equal numbers take no room at all. The same numbers always
 * give the same bytes. Bytes that are no column are refused. */

#include "config.h"

#include "cpt-facts-private.h"

#include <string.h>

#define HEADER_SIZE 13

static guint
choose_width (guint64 range)
{
  if (range == 0)
    return 0;
  if (range <= G_MAXUINT8)
    return 1;
  if (range <= G_MAXUINT16)
    return 2;

  return range <= G_MAXUINT32 ? 4 : 8;
}

static void
put_number (guint8  *at,
            guint    width,
            guint64  number)
{
  number = GUINT64_TO_LE (number);
  memcpy (at, &number, width);
}

static guint8 *
begin (guint   n_rows,
       gint64  least,
       gint64  greatest,
       guint  *width,
       gsize  *size)
{
  guint8 *bytes;

  *width = choose_width ((guint64) greatest - (guint64) least);
  *size = HEADER_SIZE + (gsize) n_rows * *width;
  bytes = g_malloc (*size);
  bytes[0] = (guint8) *width;
  put_number (bytes + 1, 4, n_rows);
  put_number (bytes + 5, 8, (guint64) least);

  return bytes;
}

GBytes *
cpt_facts_column_pack_numbers (const gint64 *numbers,
                               guint         n_rows)
{
  gint64 least = n_rows > 0 ? numbers[0] : 0;
  gint64 greatest = least;
  guint8 *bytes;
  guint width;
  gsize size;

  for (guint i = 1; i < n_rows; i++)
    {
      least = MIN (least, numbers[i]);
      greatest = MAX (greatest, numbers[i]);
    }

  bytes = begin (n_rows, least, greatest, &width, &size);
  for (guint i = 0; i < n_rows && width > 0; i++)
    put_number (bytes + HEADER_SIZE + (gsize) i * width, width, (guint64) numbers[i] - (guint64) least);

  return g_bytes_new_take (bytes, size);
}

GBytes *
cpt_facts_column_pack_codes (const guint32 *codes,
                             guint          n_rows)
{
  guint32 least = n_rows > 0 ? codes[0] : 0;
  guint32 greatest = least;
  guint8 *bytes;
  guint width;
  gsize size;

  for (guint i = 1; i < n_rows; i++)
    {
      least = MIN (least, codes[i]);
      greatest = MAX (greatest, codes[i]);
    }

  bytes = begin (n_rows, least, greatest, &width, &size);
  for (guint i = 0; i < n_rows && width > 0; i++)
    put_number (bytes + HEADER_SIZE + (gsize) i * width, width, codes[i] - least);

  return g_bytes_new_take (bytes, size);
}

gboolean
cpt_facts_column_is_nothing (const CptFactsColumn *self)
{
  return self->width == 0 && self->base == 0;
}

gboolean
cpt_facts_column_init (CptFactsColumn *self,
                       gconstpointer   data,
                       gsize           length)
{
  const guint8 *bytes = data;
  guint32 n_rows;
  gint64 base;

  if (bytes == NULL || length < HEADER_SIZE)
    return FALSE;

  memcpy (&n_rows, bytes + 1, sizeof n_rows);
  memcpy (&base, bytes + 5, sizeof base);
  *self = (CptFactsColumn){
    .data = bytes + HEADER_SIZE,
    .width = bytes[0],
    .n_rows = GUINT32_FROM_LE (n_rows),
    .base = GINT64_FROM_LE (base),
  };

  return (self->width <= 2 || self->width == 4 || self->width == 8) &&
         length - HEADER_SIZE == (gsize) self->n_rows * self->width;
}

/* The loops are written out for each width so that the compiler makes vectors of
 * them; a sum beyond 64 bits, of damaged bytes, wraps and is found by its size. */

#define READ_ALL(Type, from_le, target)                                \
  for (guint i = 0; i < self->n_rows; i++)                             \
    {                                                                  \
      Type number;                                                     \
                                                                       \
      memcpy (&number, self->data + i * sizeof number, sizeof number); \
      (target)[i] = base + from_le (number);                           \
    }

#define AS_IT_IS(number) (number)

gboolean
cpt_facts_column_unpack_codes (const CptFactsColumn *self,
                               guint                 n_codes,
                               guint32              *codes)
{
  guint32 base = (guint32) self->base;
  guint32 greatest = base;

  if (self->base < 0 || self->base >= n_codes || self->width > 4)
    return FALSE;

  switch (self->width)
    {
    case 0:
      for (guint i = 0; i < self->n_rows; i++)
        codes[i] = base;
      return TRUE;
    case 1:
      READ_ALL (guint8, AS_IT_IS, codes);
      break;
    case 2:
      READ_ALL (guint16, GUINT16_FROM_LE, codes);
      break;
    default:
      READ_ALL (guint32, GUINT32_FROM_LE, codes);
      break;
    }

  for (guint i = 0; i < self->n_rows; i++)
    greatest = MAX (greatest, codes[i]);

  return greatest < n_codes;
}

gboolean
cpt_facts_column_unpack_numbers (const CptFactsColumn *self,
                                 gint64                limit,
                                 gint64               *numbers)
{
  guint64 *target = (guint64 *) numbers;
  guint64 base = (guint64) self->base;
  gint64 least = 0;
  gint64 greatest = 0;

  switch (self->width)
    {
    case 0:
      for (guint i = 0; i < self->n_rows; i++)
        target[i] = base;
      return self->base >= -limit && self->base <= limit;
    case 1:
      READ_ALL (guint8, AS_IT_IS, target);
      break;
    case 2:
      READ_ALL (guint16, GUINT16_FROM_LE, target);
      break;
    case 4:
      READ_ALL (guint32, GUINT32_FROM_LE, target);
      break;
    default:
      READ_ALL (guint64, GUINT64_FROM_LE, target);
      break;
    }

  for (guint i = 0; i < self->n_rows; i++)
    {
      least = MIN (least, numbers[i]);
      greatest = MAX (greatest, numbers[i]);
    }

  return least >= -limit && greatest <= limit;
}
