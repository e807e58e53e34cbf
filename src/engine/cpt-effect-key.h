/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptEffectSource:
 * @workspace: whose effect it is
 * @workflow: which workflow decided it
 * @enrolment_key: about whom or what
 * @run: how often they had been enrolled under that key, from 1
 * @node: which node decided it
 * @visit: how often this run had come to that node, from 1
 * @channel: what it goes out by: “mail”, “webhook”
 *
 * What makes an effect the same one when it is tried again, after a crash too. The
 * variant of a test is not in it: drawn again, it would be another effect.
 */
typedef struct
{
  const char *workspace;
  const char *workflow;
  const char *enrolment_key;
  guint       run;
  const char *node;
  guint       visit;
  const char *channel;
} CptEffectSource;

/**
 * cpt_effect_key_dup:
 * @source: what decided the effect
 *
 * Returns: (transfer full): 64 digits of the SHA-256 over the members with their lengths,
 *   so that no two lists of members are the same text
 */
char  *cpt_effect_key_dup (const CptEffectSource *source) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_effect_digest_dup:
 * @parts: (array zero-terminated=1): texts; their order counts
 *
 * Returns: (transfer full): as cpt_effect_key_dup() has it: each part is written as its
 *   length in bytes, a colon, the bytes and a comma (a netstring)
 */
char  *cpt_effect_digest_dup (const char *const *parts) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_split_choose:
 * @experiment: what is tried: the id of the node that splits
 * @subject: whom it is tried on
 * @weights: of the variants, relative to each other; one of 0 is never chosen
 * @n_weights: how many variants there are
 *
 * The same experiment and subject have the same variant on each device and each time,
 * and two experiments choose independently. Other weights may move somebody: whoever
 * asks writes the answer down before anything follows from it.
 *
 * Returns: the place of the variant; @n_weights when all weights are 0
 */
guint  cpt_split_choose   (const char    *experiment,
                           const char    *subject,
                           const guint32 *weights,
                           guint          n_weights);

G_END_DECLS
