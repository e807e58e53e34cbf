/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals of a list: below its columns those that were chosen, and beside the
 * names of its groups the same, or sums where nothing was chosen. They are read
 * a moment after anything changed, one reading at a time; what was known stays
 * until then. Written as "amount:sum,probability:avg". */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-list-view-private.h"

/* Changes that follow each other closely are read once, in milliseconds */
#define PAUSE 60

/* Of the totals that were chosen, the one of a column; or NULL */
static const CptTotal *
find_chosen (CptListView *self,
             const char  *path)
{
  for (guint i = 0; i < self->totals->len; i++)
    {
      const CptTotal *total = &g_array_index (self->totals, CptTotal, i);
      g_autofree char *text = cpt_path_format (&total->path);

      if (strcmp (text, path) == 0)
        return total;
    }

  return NULL;
}

/* ------------------------------------------------------------------- reading */

typedef struct
{
  CptQuery *query;       /* (owned) */
  CptGrouping *grouping; /* (owned) (nullable) */
  GArray *totals;        /* (owned) (element-type CptTotal) */
} TotalsJob;

static void
totals_job_free (TotalsJob *job)
{
  cpt_query_free (job->query);
  g_free (job->grouping);
  g_array_unref (job->totals);
  g_free (job);
}

static gpointer
read_totals (CptDatabase   *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const TotalsJob *job = data;

  return cpt_totals_read (database, job->query, job->grouping, (const CptTotal *) (gconstpointer) job->totals->data,
                          job->totals->len, error);
}

/* What is to be read, and which of it stands in which column */
static GArray *
collect_wanted (CptListView *self,
                GArray      *columns)
{
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (CptTotal));
  gboolean is_grouped = cpt_query_model_get_grouping (self->model) != NULL;
  const CptGridColumn *column;

  for (guint i = 0; (column = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), i)) != NULL; i++)
    {
      const CptTotal *chosen = find_chosen (self, column->name);
      CptTotal sum = { .aggregate = CPT_AGGREGATE_SUM };
      int index = -1;

      if (chosen == NULL && is_grouped && cpt_path_parse (self->schema, self->entity, column->name, &sum.path, NULL) &&
          cpt_total_is_sum (cpt_path_get_field (&sum.path)))
        chosen = &sum;
      if (chosen != NULL)
        {
          index = (int) wanted->len;
          g_array_append_val (wanted, *chosen);
        }
      g_array_append_val (columns, index);
    }

  return wanted;
}

/* @known (nullable) */
static void
show_totals (CptListView *self,
             CptTotals   *known,
             GArray      *columns)
{
  g_autoptr(GPtrArray) totals = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_grid_total_free);
  const CptGridColumn *column;

  cpt_query_model_set_totals (self->model, known, columns);
  for (guint i = 0; (column = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), i)) != NULL; i++)
    {
      const CptTotal *chosen = find_chosen (self, column->name);
      CptGridTotal *total = g_new0 (CptGridTotal, 1);
      int index = i < columns->len ? g_array_index (columns, int, i) : -1;

      if (chosen != NULL)
        total->label = g_strdup (cpt_aggregate_get_label (chosen->aggregate));
      if (chosen != NULL && known != NULL && index >= 0)
        {
          total->text = cpt_totals_dup_text (known, 0, (guint) index);
          if (total->text == NULL)
            total->text = g_strdup ("–");
        }
      g_ptr_array_add (totals, total);
    }
  cpt_grid_footer_set (CPT_GRID_FOOTER (self->footer), totals);
}

/* A reading under way: columns may be divided otherwise before it answers */
typedef struct
{
  CptListView *view; /* (owned) */
  GArray *columns;   /* (owned): which of the totals stands in which column, or -1 */
} Asking;

static void
asking_free (Asking *asking)
{
  g_array_unref (asking->columns);
  g_object_unref (asking->view);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
totals_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Asking) asking = user_data;
  CptListView *self = asking->view;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptTotals) totals = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || cpt_view_get_window (CPT_VIEW (self)) == NULL)
    return;

  g_clear_object (&self->totals_cancellable);
  if (totals == NULL)
    {
      cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
      return;
    }
  show_totals (self, totals, asking->columns);
}

static gboolean
read_cb (gpointer data)
{
  CptListView *self = data;
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (int));
  const CptGrouping *grouping = cpt_query_model_get_grouping (self->model);
  TotalsJob *job;
  Asking *asking;

  self->totals_source = 0;
  if (self->totals_cancellable != NULL)
    g_cancellable_cancel (self->totals_cancellable);
  g_clear_object (&self->totals_cancellable);

  job = g_new0 (TotalsJob, 1);
  job->query = cpt_query_copy (cpt_query_model_get_query (self->model));
  job->grouping = g_memdup2 (grouping, grouping != NULL ? sizeof *grouping : 0);
  job->totals = collect_wanted (self, columns);
  if (job->totals->len == 0)
    {
      totals_job_free (job);
      show_totals (self, NULL, columns);
      return G_SOURCE_REMOVE;
    }

  self->totals_cancellable = g_cancellable_new ();
  asking = g_new0 (Asking, 1);
  asking->view = g_object_ref (self);
  asking->columns = g_steal_pointer (&columns);
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_LOW, read_totals, job,
                        (GDestroyNotify) totals_job_free, (GDestroyNotify) cpt_totals_unref, self->totals_cancellable,
                        totals_cb, asking);

  return G_SOURCE_REMOVE;
}

void
cpt_list_view_count_totals (CptListView *self)
{
  /* What is on its way is of what was shown before. */
  if (self->totals_cancellable != NULL)
    g_cancellable_cancel (self->totals_cancellable);
  if (self->totals_source == 0)
    self->totals_source = g_timeout_add (PAUSE, read_cb, self);
}

void
cpt_list_view_stop_totals (CptListView *self)
{
  g_clear_handle_id (&self->totals_source, g_source_remove);
  if (self->totals_cancellable != NULL)
    g_cancellable_cancel (self->totals_cancellable);
  g_clear_object (&self->totals_cancellable);
}

/* ------------------------------------------------------------------ choosing */

static void
remember (CptListView *self)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "totals");
  g_autofree char *text = cpt_list_view_dup_totals (self);

  if (self->is_place)
    cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), key, text);
}

static void
parse_totals (CptListView *self,
              const char  *text)
{
  g_auto(GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  g_array_set_size (self->totals, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      CptTotal total;

      if (parts[i][0] != '\0' && cpt_total_parse (self->schema, self->entity, parts[i], &total, NULL))
        g_array_append_val (self->totals, total);
    }
}

void
cpt_list_view_restore_totals (CptListView *self)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "totals");
  g_autofree char *text = self->is_place ? cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key) : NULL;

  parse_totals (self, text);
}

void
cpt_list_view_set_totals (CptListView *self,
                          const char  *text)
{
  parse_totals (self, text);
  remember (self);
  cpt_list_view_count_totals (self);
}

char *
cpt_list_view_dup_totals (CptListView *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->totals->len; i++)
    {
      g_autofree char *total = cpt_total_format (&g_array_index (self->totals, CptTotal, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", total);
    }

  return g_string_free (text, FALSE);
}

void
cpt_list_view_add_total_items (CptListView *self,
                               GMenu       *menu,
                               guint        column)
{
  static const CptAggregate offered[] = { CPT_AGGREGATE_SUM, CPT_AGGREGATE_AVERAGE, CPT_AGGREGATE_MIN,
                                          CPT_AGGREGATE_MAX, CPT_AGGREGATE_COUNT };
  const CptGridColumn *shown = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), column);
  g_autoptr(GMenu) totals = g_menu_new ();
  CptPath path;

  if (shown == NULL || !cpt_path_parse (self->schema, self->entity, shown->name, &path, NULL))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    {
      g_autofree char *target = g_strdup_printf ("%s:%s", shown->name, cpt_aggregate_get_name (offered[i]));
      g_autoptr(GMenuItem) item = g_menu_item_new (cpt_aggregate_get_label (offered[i]), NULL);

      if (!cpt_total_is_possible (cpt_path_get_field (&path), offered[i]))
        continue;
      g_menu_item_set_action_and_target (item, "list.total", "s", target);
      g_menu_append_item (totals, item);
    }
  if (find_chosen (self, shown->name) != NULL)
    {
      g_autofree char *target = g_strdup_printf ("%s:", shown->name);
      g_autoptr(GMenuItem) item = g_menu_item_new (_("_No Total"), NULL);

      g_menu_item_set_action_and_target (item, "list.total", "s", target);
      g_menu_append_item (totals, item);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (totals)) > 0)
    g_menu_append_submenu (menu, _("_Total"), G_MENU_MODEL (totals));
}

/* "amount:sum", or "amount:" for none */
static void
total_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);
  const char *text = g_variant_get_string (parameter, NULL);
  g_auto(GStrv) parts = g_strsplit (text, ":", 2);
  const CptTotal *chosen = parts[0] != NULL ? find_chosen (self, parts[0]) : NULL;
  CptTotal total;

  if (chosen != NULL)
    g_array_remove_index (self->totals, (guint) (chosen - (const CptTotal *) (gconstpointer) self->totals->data));
  if (!g_str_has_suffix (text, ":") && cpt_total_parse (self->schema, self->entity, text, &total, NULL))
    g_array_append_val (self->totals, total);
  remember (self);
  cpt_list_view_count_totals (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

void
cpt_list_view_install_total_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.total", "s", total_action);
}
