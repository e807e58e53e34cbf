/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records that look like the one being typed. Each key puts the next look off
 * and cancels the one under way; an answer that comes late is never shown. */

#include "config.h"

#include "cpt-record-twins.h"

#include <glib/gi18n.h>

#include "cpt-duplicates.h"

#define DELAY_MS 250
#define MAX_TWINS 2

struct _CptRecordTwins
{
  AdwBin parent_instance;

  CptWindow *window;         /* outlives this */
  CptRecord *record;         /* (nullable): to look for */
  guint source;              /* of the main loop, or 0 */
  GCancellable *cancellable; /* (nullable): of the look under way */
  GtkWidget *list;           /* borrowed */
};

enum
{
  OPEN,
  MERGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptRecordTwins, cpt_record_twins, ADW_TYPE_BIN)

typedef struct
{
  char *id;
  char *title;
  char *reasons;
} Twin;

static void
twin_free (gpointer pointer)
{
  Twin *twin = pointer;

  g_free (twin->id);
  g_free (twin->title);
  g_free (twin->reasons);
  g_free (twin);
}

static gpointer
look_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const CptRecord *record = data;
  g_autoptr(GPtrArray) twins = g_ptr_array_new_with_free_func (twin_free);
  g_autoptr(CptDuplicates) found = NULL;

  found = cpt_duplicates_find (database, record, CPT_DUPLICATES_MIN_SCORE, MAX_TWINS, error);
  if (found == NULL)
    return NULL;

  for (guint i = 0; i < cpt_duplicates_get_length (found); i++)
    {
      const CptDuplicatePair *pair = cpt_duplicates_get_pair (found, i);
      g_autoptr(CptRecord) other = NULL;
      g_auto(GStrv) reasons = cpt_duplicates_dup_reasons (found, i);
      Twin *twin;

      other = cpt_database_load_row (database, cpt_duplicates_get_entity (found), pair->other_row, NULL);
      if (other == NULL)
        continue;
      twin = g_new0 (Twin, 1);
      twin->id = cpt_uuid_dup_text (&other->id);
      twin->title = cpt_record_dup_title (other);
      twin->reasons = g_strjoinv (", ", reasons);
      g_ptr_array_add (twins, twin);
    }

  return g_steal_pointer (&twins);
}

static void
clicked_cb (GtkWidget *button,
            gpointer   user_data)
{
  CptRecordTwins *self = CPT_RECORD_TWINS (gtk_widget_get_ancestor (button, CPT_TYPE_RECORD_TWINS));
  g_autofree char *id = g_strdup (gtk_widget_get_name (gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW)));

  g_signal_emit (self, signals[GPOINTER_TO_UINT (user_data)], 0, id);
}

static GtkWidget *
create_button (const char *label,
               const char *title,
               guint       signal)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = NULL;

  /* Translators: what a button does, to which record: "Open: Jean Martin" */
  name = g_strdup_printf (C_("button", "%s: %s"), label, title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), GUINT_TO_POINTER (signal));

  return button;
}

static GtkWidget *
create_row (const Twin *twin)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = NULL;

  /* Translators: while a record is typed: another one looks the same; %s is its title */
  title = g_strdup_printf (_("Perhaps there already: %s"), twin->title);
  gtk_widget_set_name (row, twin->id);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), twin->reasons);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_button (_("Open"), twin->title, OPEN));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_button (_("Merge…"), twin->title, MERGE));

  return row;
}

static void
show_twins (CptRecordTwins *self,
            GPtrArray      *twins)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; twins != NULL && i < twins->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (g_ptr_array_index (twins, i)));
  gtk_widget_set_visible (GTK_WIDGET (self), twins != NULL && twins->len > 0);
}

/* What can't be told apart has no twins: an error is nobody's business here. */
static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptRecordTwins) self = CPT_RECORD_TWINS (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) twins = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->window == NULL)
    return;

  show_twins (self, twins);
}

static void
stop (CptRecordTwins *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
delay_over_cb (gpointer user_data)
{
  CptRecordTwins *self = user_data;

  self->source = 0;
  self->cancellable = g_cancellable_new ();
  cpt_store_read_async (cpt_window_get_store (self->window), G_PRIORITY_LOW, look_in_worker, cpt_record_copy (self->record),
                        (GDestroyNotify) cpt_record_unref, (GDestroyNotify) g_ptr_array_unref, self->cancellable, looked_cb,
                        g_object_ref (self));

  return G_SOURCE_REMOVE;
}

void
cpt_record_twins_look (CptRecordTwins  *self,
                       const CptRecord *record)
{
  g_return_if_fail (CPT_IS_RECORD_TWINS (self));

  stop (self);
  g_clear_pointer (&self->record, cpt_record_unref);
  if (record == NULL)
    {
      show_twins (self, NULL);
      return;
    }

  self->record = cpt_record_copy (record);
  self->source = g_timeout_add (DELAY_MS, delay_over_cb, self);
}

/* A reading holds its widget, even beyond the window: it ends here. */
static void
cpt_record_twins_unroot (GtkWidget *widget)
{
  CptRecordTwins *self = CPT_RECORD_TWINS (widget);

  stop (self);
  GTK_WIDGET_CLASS (cpt_record_twins_parent_class)->unroot (widget);
}

static void
cpt_record_twins_dispose (GObject *object)
{
  CptRecordTwins *self = CPT_RECORD_TWINS (object);

  stop (self);
  self->window = NULL;
  g_clear_pointer (&self->record, cpt_record_unref);

  G_OBJECT_CLASS (cpt_record_twins_parent_class)->dispose (object);
}

static void
cpt_record_twins_class_init (CptRecordTwinsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_record_twins_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = cpt_record_twins_unroot;

  /**
   * CptRecordTwins::open:
   * @id: identifier, as text
   */
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * CptRecordTwins::merge:
   * @id: identifier, as text
   */
  signals[MERGE] = g_signal_new ("merge", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpt_record_twins_init (CptRecordTwins *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Perhaps there already"), -1);
  adw_bin_set_child (ADW_BIN (self), self->list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cpt_record_twins_new (CptWindow *window)
{
  CptRecordTwins *self = g_object_new (CPT_TYPE_RECORD_TWINS, NULL);

  self->window = window;

  return GTK_WIDGET (self);
}
