/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Identifiers of records: UUID version 7 (RFC 9562).
 *
 * Layout: 48 bits of milliseconds, 4 bits of version, 12 bits (rand_a),
 * 2 bits of variant, 62 bits (rand_b). Within one millisecond, or when the
 * clock went back, the 74 random bits are a number that grows by a random
 * step (RFC 9562, section 6.2, method 2); when it overflows, the millisecond
 * grows instead. So identifiers of one process always grow. The state of that
 * is the only thing shared between threads and stands behind a lock. */

#include "config.h"

#include "cpt-uuid.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define MAX_MS ((G_GINT64_CONSTANT (1) << 48) - 1)
#define MAX_RAND_A 0xfff
#define MAX_RAND_B ((G_GUINT64_CONSTANT (1) << 62) - 1)
#define TEXT_LENGTH (CPT_UUID_TEXT_SIZE - 1)

typedef struct
{
  gint64 ms;
  guint32 rand_a;
  guint64 rand_b;
} Parts;

static GMutex lock;
static Parts last;            /* behind lock */
static guint8 pool[512];      /* random bytes, behind lock */
static gsize pool_used = 512; /* behind lock */

static gboolean
read_urandom (guint8 *bytes,
              gsize   length)
{
  int fd = open ("/dev/urandom", O_RDONLY | O_CLOEXEC);
  gsize done = 0;

  if (fd < 0)
    return FALSE;

  while (done < length)
    {
      gssize n = read (fd, bytes + done, length - done);

      if (n > 0)
        done += (gsize) n;
      else if (n == 0 || errno != EINTR)
        break;
    }
  close (fd);

  return done == length;
}

static void
fill_random (guint8 *bytes,
             gsize   length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = getrandom (bytes + done, length - done, 0);

      if (n > 0)
        done += (gsize) n;
      else if (errno != EINTR)
        break;
    }

  if (done < length && !read_urandom (bytes, length))
    g_error ("The system gives no random numbers");
}

/* Called with the lock held. */
static guint64
take_random (void)
{
  guint64 number;

  if (pool_used + sizeof number > sizeof pool)
    {
      fill_random (pool, sizeof pool);
      pool_used = 0;
    }
  memcpy (&number, pool + pool_used, sizeof number);
  memset (pool + pool_used, 0, sizeof number);
  pool_used += sizeof number;

  return number;
}

static void
pack (CptUuid     *self,
      const Parts *parts)
{
  for (int i = 0; i < 6; i++)
    self->bytes[i] = (guint8) (parts->ms >> (40 - 8 * i));
  self->bytes[6] = (guint8) (0x70 | (parts->rand_a >> 8));
  self->bytes[7] = (guint8) parts->rand_a;
  for (int i = 0; i < 8; i++)
    self->bytes[8 + i] = (guint8) (parts->rand_b >> (56 - 8 * i));
  self->bytes[8] = (guint8) (0x80 | (self->bytes[8] & 0x3f));
}

/* Called with the lock held. */
static void
step (Parts *parts)
{
  parts->rand_b += 1 + (take_random () & 0xffffffff);
  if (parts->rand_b <= MAX_RAND_B)
    return;

  parts->rand_b &= MAX_RAND_B;
  if (++parts->rand_a <= MAX_RAND_A)
    return;

  parts->rand_a = 0;
  parts->ms = MIN (parts->ms + 1, MAX_MS);
}

void
cpt_uuid_generate (CptUuid *self,
                   gint64   unix_ms)
{
  Parts parts;

  g_return_if_fail (self != NULL);

  g_mutex_lock (&lock);
  unix_ms = CLAMP (unix_ms, 0, MAX_MS);
  if (unix_ms > last.ms)
    {
      last.ms = unix_ms;
      last.rand_a = (guint32) (take_random () & MAX_RAND_A);
      last.rand_b = take_random () & MAX_RAND_B;
    }
  else
    {
      step (&last);
    }
  parts = last;
  g_mutex_unlock (&lock);

  pack (self, &parts);
}

void
cpt_uuid_derive (CptUuid    *self,
                 gint64      unix_ms,
                 const char *name)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  Parts parts = { .ms = CLAMP (unix_ms, 0, MAX_MS) };

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, digest, &length);

  parts.rand_a = ((guint32) digest[0] << 8 | digest[1]) & MAX_RAND_A;
  for (int i = 0; i < 8; i++)
    parts.rand_b = parts.rand_b << 8 | digest[2 + i];
  parts.rand_b &= MAX_RAND_B;
  pack (self, &parts);
}

static gboolean
is_hyphen_position (gsize i)
{
  return i == 8 || i == 13 || i == 18 || i == 23;
}

gboolean
cpt_uuid_parse (const char *text,
                CptUuid    *self)
{
  CptUuid result = { { 0 } };
  guint n_digits = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < TEXT_LENGTH; i++)
    {
      int digit;

      if (is_hyphen_position (i))
        {
          if (text[i] != '-')
            return FALSE;
          continue;
        }

      digit = g_ascii_xdigit_value (text[i]);
      if (digit < 0)
        return FALSE;
      result.bytes[n_digits / 2] = (guint8) (result.bytes[n_digits / 2] << 4 | digit);
      n_digits++;
    }
  if (text[TEXT_LENGTH] != '\0')
    return FALSE;

  *self = result;

  return TRUE;
}

void
cpt_uuid_format (const CptUuid *self,
                 char           text[CPT_UUID_TEXT_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  gsize position = 0;

  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < sizeof self->bytes; i++)
    {
      if (is_hyphen_position (position))
        text[position++] = '-';
      text[position++] = digits[self->bytes[i] >> 4];
      text[position++] = digits[self->bytes[i] & 0xf];
    }
  text[position] = '\0';
}

char *
cpt_uuid_dup_text (const CptUuid *self)
{
  char *text = g_malloc (CPT_UUID_TEXT_SIZE);

  cpt_uuid_format (self, text);

  return text;
}

gboolean
cpt_uuid_is_nil (const CptUuid *self)
{
  static const CptUuid nil = { { 0 } };

  g_return_val_if_fail (self != NULL, TRUE);

  return memcmp (self, &nil, sizeof nil) == 0;
}

int
cpt_uuid_compare (const CptUuid *a,
                  const CptUuid *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

guint
cpt_uuid_hash (gconstpointer uuid)
{
  const CptUuid *self = uuid;
  guint32 words[4];

  /* The random half alone would do for version 7, but not for foreign ones. */
  memcpy (words, self->bytes, sizeof words);

  return words[0] ^ words[1] * 31 ^ words[2] * 131 ^ words[3];
}

gboolean
cpt_uuid_equal (gconstpointer a,
                gconstpointer b)
{
  return memcmp (a, b, sizeof (CptUuid)) == 0;
}
