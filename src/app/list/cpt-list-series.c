/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of a list in which records repeat: whoever makes them says whether the
 * chosen ones, those that follow too or their whole series are meant. Nothing is
 * asked where nothing repeats. */
#include "config.h"

#include "cpt-list-view-private.h"
#include "cpt-series-bulk.h"
#include "cpt-series-change.h"

/* A change that waits for the answer */
typedef struct
{
  CptListView *view; /* (owned) */
  CptSchema *schema; /* (owned): what the field belongs to */
  GArray *rows;      /* (owned) (element-type gint64) */
  CptBulkKind kind;
  const CptField *field; /* (nullable) */
  CptValue value;        /* (owned) */
} Change;

static void
change_free (Change *change)
{
  g_object_unref (change->view);
  cpt_schema_unref (change->schema);
  g_array_unref (change->rows);
  cpt_value_clear (&change->value);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

/* Whether the list can still be changed: it may have been left, or another change
 * may have begun. */
static gboolean
can_go_on (CptListView *view)
{
  return cpt_view_get_window (CPT_VIEW (view)) != NULL && view->model != NULL && view->bulk == NULL;
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  CptSeriesScope scope;

  /* Whoever would rather not has said so. */
  if (cpt_series_ask_finish (CPT_WINDOW (source), result, &scope, NULL) && can_go_on (change->view))
    cpt_list_view_start_bulk (change->view, change->rows, change->kind, change->field, &change->value, &scope);
}

/* On a worker: nothing of the view */
typedef struct
{
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  const CptField *field; /* (nullable) */
  GArray *rows;          /* (owned): nobody changes it */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  cpt_schema_unref (question->schema);
  g_array_unref (question->rows);
  g_free (question);
}

static gpointer
find_in_reader (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const Question *question = data;
  gboolean concerns;

  if (!cpt_series_bulk_concerns (database, question->entity, question->rows, question->field, &concerns, error))
    return NULL;

  return g_memdup2 (&concerns, sizeof concerns);
}

void
cpt_list_view_find_series (CptListView         *self,
                           GArray              *rows,
                           const CptField      *field,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->schema = cpt_schema_ref (self->schema);
  question->entity = self->entity;
  question->field = field;
  question->rows = g_array_ref (rows);
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_HIGH, find_in_reader, question, question_free,
                        g_free, NULL, callback, user_data);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Change) change = user_data;
  CptListView *view = change->view;
  g_autoptr(GError) error = NULL;
  g_autofree gboolean *concerns = cpt_store_finish (CPT_STORE (source), result, &error);
  guint n_tasks = change->rows->len;
  gboolean is_deletion = change->kind == CPT_BULK_DELETE;

  if (!can_go_on (view))
    return;

  if (concerns == NULL)
    cpt_window_show_error (cpt_view_get_window (CPT_VIEW (view)), error);
  else if (*concerns)
    cpt_series_ask_async (cpt_view_get_window (CPT_VIEW (view)), n_tasks, is_deletion, asked_cb, g_steal_pointer (&change));
  else
    cpt_list_view_start_bulk (view, change->rows, change->kind, change->field, &change->value, NULL);
}

void
cpt_list_view_change_rows (CptListView    *self,
                           GArray         *rows,
                           CptBulkKind     kind,
                           const CptField *field,
                           const CptValue *value)
{
  Change *change;

  if (!cpt_series_applies (self->entity))
    {
      cpt_list_view_start_bulk (self, rows, kind, field, value, NULL);
      return;
    }

  change = g_new0 (Change, 1);
  change->view = g_object_ref (self);
  change->schema = cpt_schema_ref (self->schema);
  change->rows = g_array_ref (rows);
  change->kind = kind;
  change->field = field;
  if (value != NULL)
    cpt_value_copy (value, &change->value);
  cpt_list_view_find_series (self, rows, field, found_cb, change);
}
