/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a list go to a spreadsheet and come back: copied as lines of texts
 * between tabs, as they are shown and so that none is taken for a formula;
 * pasted from the cell that the keyboard is at, after a look at what changes. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-csv.h"
#include "cpt-field-editor.h"
#include "cpt-list-view-private.h"
#include "cpt-paste-dialog.h"

/* Rows that are copied at once */
#define MAX_COPIED 50000

/* On a worker: texts of some columns of some rows */
typedef struct
{
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  GArray *rows;    /* (owned) (element-type gint64) */
  GArray *paths;   /* (owned) (element-type CptPath) */
  GTimeZone *zone; /* (owned) */
} CopyJob;

static void
copy_job_free (gpointer data)
{
  CopyJob *job = data;

  cpt_schema_unref (job->schema);
  g_array_unref (job->rows);
  g_array_unref (job->paths);
  g_time_zone_unref (job->zone);
  g_free (job);
}

static gpointer
read_texts (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const CopyJob *job = data;
  guint n_columns = job->paths->len;
  GString *text;
  g_autoptr(CptPage) page =
    cpt_page_load (database, job->schema, job->entity, (const CptPath *) (gpointer) job->paths->data, n_columns,
                   (const gint64 *) (gpointer) job->rows->data, job->rows->len, error);

  if (page == NULL)
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < job->rows->len; i++)
    {
      g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

      for (guint j = 0; cpt_page_has_row (page, i) && j < n_columns; j++)
        g_ptr_array_add (cells, cpt_page_dup_text (page, i, j, job->zone));
      if (cells->len > 0)
        cpt_csv_append_row (text, (const char *const *) cells->pdata, cells->len, '\t', FALSE);
    }
  /* One cell is a text, not a line */
  if (job->rows->len == 1 && n_columns == 1 && g_str_has_suffix (text->str, "\r\n"))
    g_string_truncate (text, text->len - 2);

  return g_string_free (text, FALSE);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptListView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (window == NULL)
    return;

  if (text == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  cpt_window_show_toast (window, _("Copied"));
}

static void
add_path (CptListView *self,
          GArray      *paths,
          guint        column)
{
  CptPath path;

  if (cpt_path_parse (self->schema, self->entity, g_array_index (self->columns, CptListColumn, column).path, &path, NULL))
    g_array_append_val (paths, path);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  guint cell = cpt_data_grid_get_n_selected (self->grid) == 0 ? cpt_data_grid_get_cell (self->grid) : CPT_DATA_GRID_NONE;
  g_autoptr(GArray) rows = cpt_list_view_collect_rows (self);
  CopyJob *job;

  if (rows->len == 0)
    return;
  if (rows->len > MAX_COPIED)
    {
      cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), _("These are too many to be copied. Export them instead."));
      return;
    }

  job = g_new0 (CopyJob, 1);
  job->schema = cpt_schema_ref (self->schema);
  job->entity = self->entity;
  job->rows = g_steal_pointer (&rows);
  job->paths = g_array_new (FALSE, TRUE, sizeof (CptPath));
  job->zone = g_time_zone_ref (cpt_store_get_zone (store));
  for (guint i = 0; i < self->columns->len; i++)
    if (cell == CPT_DATA_GRID_NONE || i == cell)
      add_path (self, job->paths, i);
  cpt_store_read_async (store, G_PRIORITY_HIGH, read_texts, job, copy_job_free, g_free, self->cancellable, copied_cb,
                        g_object_ref (self));
}

/* -------------------------------------------------------------------- pasting */

typedef struct
{
  CptPasteTarget target; /* all of it owned */
  GPtrArray *block;      /* (owned) */
  char *currency;        /* (owned): of the target's options */
  char *country;         /* (owned): likewise */
} PasteJob;

static void
paste_job_free (gpointer data)
{
  PasteJob *job = data;

  g_clear_pointer (&job->target.schema, cpt_schema_unref);
  g_clear_pointer (&job->target.rows, g_array_unref);
  g_clear_pointer (&job->target.fields, g_ptr_array_unref);
  g_clear_pointer (&job->target.reasons, g_ptr_array_unref);
  g_clear_pointer (&job->target.options.zone, g_time_zone_unref);
  g_clear_pointer (&job->block, g_ptr_array_unref);
  g_free (job->currency);
  g_free (job->country);
  g_free (job);
}

static gpointer
read_paste (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const PasteJob *job = data;

  return cpt_paste_read (database, &job->target, job->block, error);
}

/* What waits for the answer, and what the block has beyond the list */
typedef struct
{
  CptListView *view; /* (owned) */
  guint n_rows;
  guint n_columns;
} Asking;

static void
paste_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr(CptListView) self = asking->view;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptPaste) paste = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (window == NULL)
    return;

  if (paste == NULL)
    cpt_window_show_error (window, error);
  else
    cpt_paste_dialog_show (window, g_steal_pointer (&paste), asking->n_rows, asking->n_columns);
}

static guint
get_width (GPtrArray *block)
{
  guint width = 0;

  for (guint i = 0; i < block->len; i++)
    width = MAX (width, g_strv_length (g_ptr_array_index (block, i)));

  return width;
}

/* The rows below the cursor, or all that are selected when one line is pasted */
static GArray *
choose_rows (CptListView *self,
             guint        height)
{
  g_autoptr(GArray) all = cpt_query_model_ref_rows (self->model);
  guint cursor = cpt_data_grid_get_cursor (self->grid);
  GArray *rows;

  if (height == 1 && cpt_data_grid_get_n_selected (self->grid) > 0)
    return cpt_list_view_collect_rows (self);

  rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = cursor; i < all->len && rows->len < height; i++)
    if (g_array_index (all, gint64, i) > 0)
      g_array_append_val (rows, g_array_index (all, gint64, i));

  return rows;
}

static void
add_column (CptListView *self,
            PasteJob    *job,
            guint        column)
{
  const char *reason = NULL;
  const CptField *field = cpt_list_view_get_editable (self, column, &reason);
  CptPath path;

  if (!cpt_path_parse (self->schema, self->entity, g_array_index (self->columns, CptListColumn, column).path, &path, NULL))
    return;

  g_ptr_array_add (job->target.fields, (gpointer) (field != NULL ? field : path.fields[0]));
  g_ptr_array_add (job->target.reasons, (gpointer) (field != NULL ? NULL : reason));
}

static void
paste_text (CptListView *self,
            const char  *text)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  guint column = cpt_data_grid_get_cell (self->grid) != CPT_DATA_GRID_NONE ? cpt_data_grid_get_cell (self->grid) : 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) block = cpt_paste_split (text, &error);
  g_autoptr(GArray) rows = block != NULL ? choose_rows (self, block->len) : NULL;
  guint width = block != NULL ? get_width (block) : 0;
  PasteJob *job;
  Asking *asking;

  if (block == NULL)
    {
      cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
      return;
    }

  if (rows->len == 0)
    return;

  job = g_new0 (PasteJob, 1);
  asking = g_new0 (Asking, 1);
  job->target.schema = cpt_schema_ref (self->schema);
  job->target.entity = self->entity;
  job->block = g_ptr_array_ref (block);
  job->target.rows = g_array_ref (rows);
  job->target.fields = g_ptr_array_new ();
  job->target.reasons = g_ptr_array_new ();
  for (guint i = 0; i < width && column + i < self->columns->len; i++)
    add_column (self, job, column + i);
  cpt_field_editor_init_options (store, &job->target.options);
  job->target.options.currency = job->currency = g_strdup (job->target.options.currency);
  job->target.options.country = job->country = g_strdup (job->target.options.country);
  job->target.options.zone = g_time_zone_ref (cpt_store_get_zone (store));
  asking->view = g_object_ref (self);
  asking->n_rows = block->len > rows->len ? block->len - rows->len : 0;
  asking->n_columns = width - job->target.fields->len;
  cpt_store_read_async (store, G_PRIORITY_HIGH, read_paste, job, paste_job_free, (GDestroyNotify) cpt_paste_free,
                        self->cancellable, paste_read_cb, asking);
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptListView) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  /* A clipboard without text is as an empty one. */
  if (cpt_view_get_window (CPT_VIEW (self)) != NULL && self->model != NULL)
    paste_text (self, text != NULL ? text : "");
}

static void
paste_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);

  if (cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), _("This workspace can only be read."));
  else if (cpt_data_grid_get_cursor (self->grid) != CPT_DATA_GRID_NONE && cpt_list_view_finish_cell (self))
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), self->cancellable, text_read_cb, g_object_ref (self));
}

void
cpt_list_view_install_clipboard_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.copy", NULL, copy_action);
  gtk_widget_class_install_action (klass, "list.paste", NULL, paste_action);
}
