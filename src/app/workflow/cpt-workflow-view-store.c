/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From the canvas to the file and back. Each edit is stored at once, as one act; what comes back, because
 * somebody took it back or because another device drew, is shown when nothing of ours is on its way.
 */

#include "config.h"

#include "cpt-workflow-view-private.h"

#include <glib/gi18n.h>

#include "cpt-error.h"
#include "cpt-flow-census.h"
#include "cpt-json.h"
#include "cpt-workflow-record.h"

/* Runs are not in the log: what is shown of them is read again so often, in milliseconds */
#define NUMBERS_INTERVAL 5000

char *
cpt_workflow_view_dup_drawing (CptWorkflowView *self)
{
  g_autoptr(JsonNode) root = cpt_workflow_to_json (cpt_flow_canvas_get_workflow (CPT_FLOW_CANVAS (self->canvas)));

  return cpt_json_format (root);
}

/* --------------------------------------------------------------------- reading */

typedef struct
{
  CptRecord *record;
  CptWorkflow *workflow; /* (nullable): it can't be read */
  char *why;             /* (nullable) */
} Read;

static void
read_free (gpointer data)
{
  Read *self = data;

  cpt_record_unref (self->record);
  cpt_workflow_free (self->workflow);
  g_free (self->why);
  g_free (self);
}

static gpointer
read_workflow (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), CPT_WORKFLOW_ENTITY);
  CptRecord *record = cpt_database_load (database, entity, data, error);
  g_autoptr(GError) problem = NULL;
  Read *read;

  if (record == NULL)
    return NULL;
  read = g_new0 (Read, 1);
  read->record = record;
  read->workflow = cpt_workflow_read (record, &problem);
  if (read->workflow == NULL)
    read->why = g_strdup (problem->message);

  return read;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptWorkflowView) self = user_data;
  g_autoptr(GError) error = NULL;
  Read *read = cpt_store_finish (CPT_STORE (source), result, &error);

  self->is_reading = FALSE;
  if (read == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        cpt_workflow_view_show_error (self, error->message);
      return;
    }

  if (read->workflow == NULL)
    cpt_workflow_view_show_error (self, read->why);
  /* What was stored while it was read is not in it: the next one has that */
  else if (self->n_saving == 0 && !self->reads_again)
    cpt_workflow_view_show (self, read->record, g_steal_pointer (&read->workflow));
  read_free (read);
  if (self->reads_again)
    cpt_workflow_view_read (self);
}

void
cpt_workflow_view_read (CptWorkflowView *self)
{
  self->reads_again = self->is_reading;
  if (self->is_reading)
    return;
  self->is_reading = TRUE;
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, read_workflow,
                        g_memdup2 (&self->id, sizeof self->id), g_free, read_free, self->cancellable, read_cb,
                        g_object_ref (self));
}

/* ---------------------------------------------------------------------- saving */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptWorkflowView) self = user_data;
  CptWindow *window = CPT_WINDOW (source);
  g_autoptr(GError) error = NULL;

  self->n_saving--;
  if (!cpt_window_commit_finish (window, result, NULL, &error) && error != NULL)
    {
      cpt_window_show_error (window, error);
      /* As it is in the file */
      g_clear_pointer (&self->stored, g_free);
    }
  if (self->n_saving == 0)
    cpt_workflow_view_read (self);
}

void
cpt_workflow_view_save (CptWorkflowView *self)
{
  CptTransaction *transaction;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *drawing = cpt_workflow_view_dup_drawing (self);

  if (g_strcmp0 (drawing, self->stored) == 0)
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_free (self->stored);
  self->stored = g_strdup (drawing);
  cpt_value_take_text (&value, g_steal_pointer (&drawing));
  cpt_transaction_set (transaction, self->entity, &self->id, cpt_entity_find_field (self->entity, "definition"), &value);
  self->n_saving++;
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, NULL, NULL, saved_cb, g_object_ref (self));
}

/* ------------------------------------------------------------------ publishing */

typedef struct
{
  CptUuid id;
  guint number;
} Publishing;

static gpointer
publish_in_writer (CptDatabase   *database,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Publishing *publishing = data;

  if (!cpt_workflow_publish (database, &publishing->id, &publishing->number, NULL, error))
    return NULL;

  return g_memdup2 (publishing, sizeof *publishing);
}

static void
published_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptWorkflowView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree Publishing *published = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  g_autofree char *text = NULL;

  if (window == NULL)
    return;
  if (published == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }
  text = g_strdup_printf (_("Version %u runs from now on"), published->number);
  cpt_window_show_undo_toast (window, text, 0);
  cpt_window_run_workflows (window);
}

void
cpt_workflow_view_publish (CptWorkflowView *self)
{
  Publishing *publishing = g_new0 (Publishing, 1);

  publishing->id = self->id;
  cpt_store_write_async (cpt_view_get_store (CPT_VIEW (self)), publish_in_writer, publishing, g_free, g_free,
                         self->cancellable, published_cb, g_object_ref (self));
}

/* --------------------------------------------------------------------- numbers */

static gpointer
read_numbers (CptDatabase   *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return cpt_flow_numbers_read (database, data, error);
}

static void
numbers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptWorkflowView) self = user_data;
  g_autoptr(GError) error = NULL;
  CptFlowNumbers *numbers = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (numbers == NULL && window != NULL)
    cpt_window_show_error (window, error);
  else if (numbers != NULL && self->shows_numbers)
    cpt_flow_canvas_set_numbers (CPT_FLOW_CANVAS (self->canvas), numbers);
  else
    cpt_flow_numbers_free (numbers);
}

static gboolean
read_numbers_now (gpointer data)
{
  CptWorkflowView *self = data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_LOW, read_numbers,
                          g_memdup2 (&self->id, sizeof self->id), g_free, (GDestroyNotify) cpt_flow_numbers_free,
                          self->cancellable, numbers_cb, g_object_ref (self));

  return G_SOURCE_CONTINUE;
}

void
cpt_workflow_view_show_numbers (CptWorkflowView *self,
                                gboolean         shows_numbers)
{
  self->shows_numbers = shows_numbers;
  g_clear_handle_id (&self->numbers_timer, g_source_remove);
  if (!shows_numbers)
    {
      cpt_flow_canvas_set_numbers (CPT_FLOW_CANVAS (self->canvas), NULL);
      return;
    }
  read_numbers_now (self);
  self->numbers_timer = g_timeout_add (NUMBERS_INTERVAL, read_numbers_now, self);
}
