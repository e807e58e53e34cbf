/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the page of a task that repeats asks before it saves a field or deletes:
 * which tasks of the series are meant.
 */

#include "config.h"

#include "cpt-record-view-private.h"

#include <glib/gi18n.h>

#include "cpt-series-change.h"
#include "cpt-series.h"

/* What the answer is for */
typedef struct
{
  CptRecordView *self;    /* (owned) */
  CptFieldEditor *editor; /* (owned) (nullable): deletion without */
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->editor);
  g_object_unref (question->self);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  CptRecordView *self = question->self;
  g_autoptr(GError) error = NULL;
  gboolean is_done = cpt_series_change_finish (CPT_WINDOW (source), result, &error);

  if (is_done && question->editor == NULL)
    {
      self->is_done = TRUE;
      /* The page may have been left meanwhile. */
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        cpt_window_back (CPT_WINDOW (source));
    }
  if (is_done)
    return;

  /* Nothing was changed: the field is as it was. */
  if (question->editor != NULL && self->record != NULL)
    cpt_field_editor_reset (question->editor,
                            cpt_record_get (self->record, cpt_field_editor_get_field (question->editor)));
  cpt_window_show_error (CPT_WINDOW (source), error);
}

gboolean
cpt_record_view_ask_series (CptRecordView  *self,
                            CptFieldEditor *editor)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  const CptField *field = editor != NULL ? cpt_field_editor_get_field (editor) : NULL;
  CptCalendarTask task = { .id = self->id, .day = G_MININT64, .is_repeating = TRUE };
  g_autofree char *toast = NULL;
  Question *question;

  if (self->record == NULL || !cpt_series_concerns (self->record, field))
    return FALSE;
  if (field != NULL && cpt_value_equal (cpt_field_editor_get_value (editor), cpt_record_get (self->record, field)))
    return TRUE;

  question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->editor = editor != NULL ? g_object_ref (editor) : NULL;
  if (field != NULL)
    toast = g_strdup_printf (_("%s changed"), cpt_field_get_label (field));
  else
    toast = g_strdup_printf (_("%s moved to the trash"), cpt_entity_get_label (self->entity));
  cpt_series_change_async (window, &task, field != NULL ? field->name : NULL,
                           field != NULL ? cpt_field_editor_get_value (editor) : NULL, toast, changed_cb, question);

  return TRUE;
}
