/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of a series a change of a repeating task is about. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-series-bulk.h"

gboolean
cpt_ctl_has_scope (CptCtl *self)
{
  return self->options.scope != NULL || self->options.on != NULL;
}

static gboolean
parse_scope (const char      *text,
             CptSeriesScope  *scope,
             GError         **error)
{
  static const char *const names[] = {
    [CPT_SERIES_ONE] = "this",
    [CPT_SERIES_FOLLOWING] = "following",
    [CPT_SERIES_ALL] = "all",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (text == NULL || g_str_equal (names[i], text))
      {
        *scope = (CptSeriesScope) i;
        return TRUE;
      }
  g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Behind --scope stands this, following or all."));

  return FALSE;
}

static gboolean
check_kind (const CptEntity  *entity,
            GError          **error)
{
  if (cpt_series_applies (entity))
    return TRUE;

  g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Only tasks repeat: leave out --scope and --on."));

  return FALSE;
}

/* Of all tasks that meet the conditions; nothing when there is no --scope */
gboolean
cpt_ctl_add_scope (CptCtl           *self,
                   const CptEntity  *entity,
                   CptBulk          *bulk,
                   GError          **error)
{
  CptSeriesScope scope;

  if (!cpt_ctl_has_scope (self))
    return TRUE;
  if (self->options.on != NULL)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("--on is about one task: name it."));
      return FALSE;
    }
  if (!check_kind (entity, error) || !parse_scope (self->options.scope, &scope, error))
    return FALSE;

  cpt_series_bulk_set_scope (bulk, scope);

  return TRUE;
}

CptSeriesEdit *
cpt_ctl_create_series_edit (CptCtl           *self,
                            const CptEntity  *entity,
                            const CptUuid    *id,
                            GError          **error)
{
  gint64 day = G_MININT64;
  CptSeriesScope scope;

  if (!check_kind (entity, error) || !parse_scope (self->options.scope, &scope, error))
    return NULL;
  if (self->options.on != NULL && !cpt_date_parse_iso (self->options.on, &day))
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Behind --on stands a day such as 2026-12-31."));
      return NULL;
    }

  return cpt_series_edit_new (id, day, scope);
}
