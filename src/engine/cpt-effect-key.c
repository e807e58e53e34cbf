/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must be the same again on each machine and after each crash: the keys of
 * effects, and who gets which variant. */

#include "config.h"

#include "cpt-effect-key.h"

#include <string.h>

/* Another way to choose needs another name, or people would be moved. */
#define SPLIT_VERSION "ab1"

static void
add_part (GChecksum  *checksum,
          const char *text)
{
  gsize size = strlen (text);
  char length[32];

  g_snprintf (length, sizeof length, "%" G_GSIZE_FORMAT ":", size);
  g_checksum_update (checksum, (const guchar *) length, -1);
  g_checksum_update (checksum, (const guchar *) text, (gssize) size);
  g_checksum_update (checksum, (const guchar *) ",", 1);
}

static GChecksum *
create_checksum (const char *const *parts)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; parts[i] != NULL; i++)
    add_part (checksum, parts[i]);

  return checksum;
}

char *
cpt_effect_digest_dup (const char *const *parts)
{
  g_autoptr(GChecksum) checksum = NULL;

  g_return_val_if_fail (parts != NULL, NULL);

  checksum = create_checksum (parts);

  return g_strdup (g_checksum_get_string (checksum));
}

char *
cpt_effect_key_dup (const CptEffectSource *source)
{
  char run[16];
  char visit[16];

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (source->workspace != NULL && source->workflow != NULL && source->enrolment_key != NULL, NULL);
  g_return_val_if_fail (source->node != NULL && source->channel != NULL, NULL);

  g_snprintf (run, sizeof run, "%u", source->run);
  g_snprintf (visit, sizeof visit, "%u", source->visit);

  return cpt_effect_digest_dup ((const char *const[]){ source->workspace, source->workflow, source->enrolment_key, run,
                                                       source->node, visit, source->channel, NULL });
}

/* The upper 64 bits of the product */
static guint64
scale (guint64 fraction,
       guint64 total)
{
  guint64 low = (fraction & G_MAXUINT32) * (total & G_MAXUINT32);
  guint64 middle_one = (fraction >> 32) * (total & G_MAXUINT32);
  guint64 middle_two = (fraction & G_MAXUINT32) * (total >> 32);
  guint64 carry = ((low >> 32) + (middle_one & G_MAXUINT32) + (middle_two & G_MAXUINT32)) >> 32;

  return (fraction >> 32) * (total >> 32) + (middle_one >> 32) + (middle_two >> 32) + carry;
}

guint
cpt_split_choose (const char    *experiment,
                  const char    *subject,
                  const guint32 *weights,
                  guint          n_weights)
{
  g_autoptr(GChecksum) checksum = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;
  guint64 fraction = 0;
  guint64 total = 0;
  guint64 place;
  guint64 end = 0;

  g_return_val_if_fail (experiment != NULL && subject != NULL, n_weights);
  g_return_val_if_fail (weights != NULL || n_weights == 0, n_weights);

  for (guint i = 0; i < n_weights; i++)
    total += weights[i];
  if (total == 0)
    return n_weights;

  checksum = create_checksum ((const char *const[]){ SPLIT_VERSION, experiment, subject, NULL });
  g_checksum_get_digest (checksum, digest, &size);
  for (guint i = 0; i < sizeof fraction; i++)
    fraction = fraction << 8 | digest[i];

  place = scale (fraction, total);
  for (guint i = 0; i < n_weights; i++)
    {
      end += weights[i];
      if (place < end)
        return i;
    }

  g_return_val_if_reached (n_weights);
}
