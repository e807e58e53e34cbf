/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

#define CPT_WORKSPACE_SETTING_ENTITY "workspace_setting"

/**
 * CptRanking:
 * @CPT_RANKING_BOARDS: lists of people by a number
 * @CPT_RANKING_BADGES: what they earn
 *
 * What a workspace may do without: not everybody likes to be compared.
 */
typedef enum
{
  CPT_RANKING_BOARDS,
  CPT_RANKING_BADGES,
} CptRanking;

#define CPT_N_RANKINGS (CPT_RANKING_BADGES + 1)

/* "leaderboards", "badges" */
const char     *cpt_ranking_get_name (CptRanking ranking);
/* What was done by switching it, translated: "Leaderboards switched off" */
const char     *cpt_ranking_describe (CptRanking ranking,
                                      gboolean   is_on);
/* Both are on unless somebody switched them off for the workspace. @database: a connection, on
 * its own thread */
gboolean        cpt_ranking_is_on    (CptDatabase *database,
                                      CptRanking   ranking);
/* (transfer full): what switches it when it is committed; empty where it is so already. NULL
 * with an error where that can't be read */
CptTransaction *cpt_ranking_switch   (CptDatabase  *database,
                                      CptRanking    ranking,
                                      gboolean      is_on,
                                      CptOrigin     origin,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
