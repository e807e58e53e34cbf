/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What came of an import, or would come of it: counts, sums, what is good to know,
 * why rows are rejected. */

#include "config.h"

#include "cpt-import-report-view.h"

#include <glib/gi18n.h>

#include "cpt-import-parts.h"

/* Where there is something to count */
static void
add_count (GtkWidget  *group,
           const char *label,
           guint64     count)
{
  if (count > 0)
    cpt_import_parts_add_count (group, label, count);
}

static void
add_texts (GtkWidget  *page,
           const char *title,
           GPtrArray  *texts)
{
  GtkWidget *group;

  if (texts == NULL || texts->len == 0)
    return;

  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < texts->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), g_ptr_array_index (texts, i));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
}

static void
add_counts (GtkWidget               *group,
            const CptImportProgress *counts,
            gboolean                 is_trial)
{
  add_count (group, is_trial ? _("Will be created") : C_("imported records", "Created"), counts->n_created);
  add_count (group, is_trial ? _("Will be updated") : _("Updated"), counts->n_updated);
  add_count (group, is_trial ? _("Will be left unchanged") : _("Left unchanged"),
             counts->n_skipped + counts->n_unchanged);
  add_count (group, is_trial ? _("Will be created because links name them") : _("Created because links name them"),
             counts->n_linked_created);
  add_count (group, is_trial ? _("Will be rejected") : _("Rejected"), counts->n_rejected);
}

/* Numbers of days are not records */
static void
add_fact_counts (GtkWidget               *group,
                 const CptImportProgress *counts,
                 gboolean                 is_trial)
{
  add_count (group, is_trial ? _("New rows") : _("Rows added"), counts->n_created);
  add_count (group, is_trial ? _("Will replace rows of the same day and texts") : _("Rows replaced"), counts->n_updated);
  add_count (group, is_trial ? _("Will be left unchanged") : _("Left unchanged"), counts->n_unchanged);
  add_count (group, is_trial ? _("Will be rejected") : _("Rejected"), counts->n_rejected);
}

/* Of two kinds of records in one file, each has its name. */
static void
add_kind (GtkWidget               *page,
          const CptEntity         *entity,
          const CptImportProgress *counts,
          gboolean                 is_trial)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_markup_escape_text (cpt_entity_get_label_plural (entity), -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  add_counts (group, counts, is_trial);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
}

/* Of a file of facts: what a person compares with what the platform says */
static void
add_sums (GtkWidget             *page,
          const CptImportReport *report)
{
  g_autofree char *days = cpt_import_report_dup_days (report);
  GtkWidget *group;

  if (days == NULL)
    return;

  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Sums of the file"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), days);
  for (guint i = 0; i < report->sums->len; i++)
    {
      const CptImportSum *sum = g_ptr_array_index (report->sums, i);

      cpt_import_parts_add_value (group, cpt_field_get_label (sum->field), sum->text);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
}

static GtkWidget *
create_head (CptImportPlan         *plan,
             const CptImportReport *report,
             gboolean               is_trial)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (plan->origin != NULL)
    {
      g_autofree char *title = NULL;

      /* Translators: %s is an export of another product: "Odoo, partners" */
      title = g_markup_printf_escaped (_("Recognised: %s"), cpt_import_export_get_label (plan->origin));
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
    }
  if (!is_trial && report->rejects_path != NULL)
    {
      g_autofree char *description = NULL;

      /* Translators: %s is a file name */
      description = g_markup_printf_escaped (_("The rejected rows are in %s, with the reason for each."), report->rejects_path);
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
    }

  return group;
}

GtkWidget *
cpt_import_report_view_new (CptImportPlan         *plan,
                            const CptImportReport *report,
                            gboolean               is_trial)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = create_head (plan, report, is_trial);

  g_return_val_if_fail (plan != NULL && report != NULL, page);

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  if (report->first != NULL)
    {
      add_kind (page, plan->first->entity, &report->first->counts, is_trial);
      add_kind (page, plan->entity, &report->counts, is_trial);
    }
  else if ((plan->entity->flags & CPT_ENTITY_FACTS) != 0)
    {
      add_fact_counts (group, &report->counts, is_trial);
    }
  else
    {
      add_counts (group, &report->counts, is_trial);
    }
  add_sums (page, report);
  add_texts (page, _("Good to know"), report->notes);
  add_texts (page, _("Why rows are rejected"), report->samples);
  if (is_trial && plan->origin != NULL)
    add_texts (page, _("Columns of the file"), plan->hints);
  gtk_widget_set_vexpand (page, TRUE);

  return page;
}
