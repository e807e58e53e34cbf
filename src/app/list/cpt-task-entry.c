/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding a task by one line. What is understood is shown while it is typed, so
 * that nothing has to be believed; the text stays until the task is stored. */
#include "config.h"
#include "cpt-task-entry.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-editor.h"
#include "cpt-task-line.h"
#include "cpt-text.h"

struct _CptTaskEntry
{
  GtkWidget parent_instance;

  CptWindow *window; /* (nullable): weak */
  CptSchema *schema;
  const CptEntity *entity; /* of @schema */
  gboolean is_for_today;
  char *sent; /* (nullable): the last line whose task is being stored */

  /* Borrowed from GTK */
  GtkWidget *entry;
  GtkWidget *preview;
  GtkWidget *title;
  GtkWidget *due;
  GtkWidget *priority;
};

G_DEFINE_FINAL_TYPE (CptTaskEntry, cpt_task_entry, GTK_TYPE_WIDGET)

/* Reading */

static const char *
get_text (CptTaskEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static gint64
get_now (CptTaskEntry *self)
{
  return cpt_clock_get_now (cpt_store_get_clock (cpt_window_get_store (self->window)));
}

static void
read_line (CptTaskEntry *self,
           CptTaskLine  *line)
{
  CptStore *store = cpt_window_get_store (self->window);
  GTimeZone *zone = cpt_store_get_zone (store);
  gint64 now = get_now (self);
  gint64 today = cpt_instant_get_date (now, zone);
  g_autofree char *text = cpt_text_clean (get_text (self), FALSE);
  CptParseOptions options = { 0 };

  cpt_field_editor_init_options (store, &options);
  cpt_task_line_parse (line, text, today, (int) ((now - cpt_instant_from_date (today, zone)) / G_TIME_SPAN_MINUTE),
                       options.date_order);
  if (self->is_for_today && !line->has_date)
    {
      line->has_date = TRUE;
      line->date = today;
    }
}

/* What is understood */

static char *
dup_day (CptTaskEntry      *self,
         const CptTaskLine *line)
{
  gint64 today = cpt_instant_get_date (get_now (self), cpt_store_get_zone (cpt_window_get_store (self->window)));
  g_autofree char *date = cpt_date_format (line->date);
  g_autoptr(GDateTime) moment = NULL;
  g_autofree char *weekday = NULL;
  int year, month, day;

  if (line->date == today)
    return g_strdup (_("Today"));
  if (line->date == today + 1)
    return g_strdup (_("Tomorrow"));

  cpt_date_to_ymd (line->date, &year, &month, &day);
  moment = g_date_time_new_utc (year, month, day, 0, 0, 0);
  weekday = g_date_time_format (moment, "%A");

  /* Translators: a day of the week and a date: "Friday, 11/27/2026" */
  return g_strdup_printf (C_("task", "%s, %s"), weekday, date);
}

static char *
dup_due (CptTaskEntry      *self,
         const CptTaskLine *line)
{
  g_autofree char *day = NULL;

  if (!line->has_date)
    return g_strdup (_("Any day"));

  day = dup_day (self, line);
  if (line->minutes < 0)
    return g_steal_pointer (&day);

  /* Translators: a day and a time: "Tomorrow, 10:00" */
  return g_strdup_printf (C_("task", "%s, %02d:%02d"), day, line->minutes / 60, line->minutes % 60);
}

static const char *
get_priority (CptTaskEntry *self,
              const char   *name)
{
  const CptField *field = cpt_entity_find_field (self->entity, "priority");

  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    if (g_strcmp0 (choice->name, name) == 0)
      return cpt_choice_get_label (choice);

  return NULL;
}

static void
typed_cb (CptTaskEntry *self)
{
  g_auto(CptTaskLine) line = { .minutes = -1 };
  g_autofree char *due = NULL;
  g_autofree char *description = NULL;
  const char *title;
  const char *priority;

  gtk_widget_remove_css_class (self->entry, "error");
  if (self->window == NULL || cpt_window_get_store (self->window) == NULL)
    return;

  read_line (self, &line);
  due = dup_due (self, &line);
  priority = get_priority (self, line.priority);
  title = line.title[0] != '\0' ? line.title : _("What is to be done?");
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->due), due);
  gtk_label_set_text (GTK_LABEL (self->priority), priority != NULL ? priority : "");
  gtk_widget_set_visible (self->priority, priority != NULL);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->preview), get_text (self)[0] != '\0');
  /* Translators: what is understood of a task: what is to be done, when, how urgent */
  description = priority != NULL ? g_strdup_printf (C_("task", "%s; %s; %s"), title, due, priority)
                                 : g_strdup_printf (C_("task", "%s; %s"), title, due);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* Storing */

static void
take (CptRecord  *record,
      const char *field,
      CptValue    value)
{
  cpt_record_take (record, cpt_entity_find_field (cpt_record_get_entity (record), field), value);
}

static gint64
get_instant (const CptTaskLine *line,
             GTimeZone         *zone)
{
  g_autoptr(GDateTime) moment = NULL;
  int year, month, day;

  cpt_date_to_ymd (line->date, &year, &month, &day);
  moment = g_date_time_new (zone, year, month, day, line->minutes / 60, line->minutes % 60, 0);

  return moment != NULL ? g_date_time_to_unix (moment) * G_USEC_PER_SEC
                        : cpt_instant_from_date (line->date, zone) + line->minutes * G_TIME_SPAN_MINUTE;
}

static CptRecord *
create_task (CptTaskEntry      *self,
             const CptTaskLine *line)
{
  CptStore *store = cpt_window_get_store (self->window);
  CptRecord *task = cpt_record_new (self->schema, self->entity);
  CptValue value = CPT_VALUE_INIT;

  cpt_record_apply_initial (task, get_now (self), cpt_store_get_author (store), cpt_store_get_zone (store));
  cpt_value_set_text (&value, line->title);
  take (task, "title", value);
  if (line->has_date)
    {
      value = (CptValue) CPT_VALUE_INIT;
      cpt_value_set_integer (&value, line->date);
      take (task, "due_on", value);
    }
  if (line->minutes >= 0)
    {
      value = (CptValue) CPT_VALUE_INIT;
      cpt_value_set_integer (&value, get_instant (line, cpt_store_get_zone (store)));
      take (task, "due_at", value);
    }
  if (line->priority != NULL)
    {
      value = (CptValue) CPT_VALUE_INIT;
      cpt_value_set_text (&value, line->priority);
      take (task, "priority", value);
    }

  return task;
}

/* A line on its way to the store */
typedef struct
{
  CptTaskEntry *entry; /* (owned) */
  char *text;
} Sending;

static void
sending_free (Sending *self)
{
  g_object_unref (self->entry);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* What is typed since stays. */
static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Sending) sending = user_data;
  CptTaskEntry *self = sending->entry;
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (self->sent, sending->text) == 0)
    g_clear_pointer (&self->sent, g_free);
  if (!cpt_window_commit_finish (CPT_WINDOW (source), result, NULL, &error))
    cpt_window_show_error (CPT_WINDOW (source), error);
  else if (self->entry != NULL && g_str_equal (get_text (self), sending->text))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
activated_cb (CptTaskEntry *self)
{
  g_auto(CptTaskLine) line = { .minutes = -1 };
  g_autoptr(CptRecord) task = NULL;
  CptTransaction *transaction;
  Sending *sending;

  /* Enter twice makes one task. */
  if (self->window == NULL || cpt_window_get_store (self->window) == NULL || g_strcmp0 (get_text (self), self->sent) == 0)
    return;

  read_line (self, &line);
  if (line.title[0] == '\0')
    {
      gtk_widget_add_css_class (self->entry, "error");
      gtk_revealer_set_reveal_child (GTK_REVEALER (self->preview), TRUE);
      gtk_label_set_text (GTK_LABEL (self->title), _("What is to be done?"));
      return;
    }

  task = create_task (self, &line);
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_create (transaction, task);
  sending = g_new0 (Sending, 1);
  sending->entry = g_object_ref (self);
  sending->text = g_strdup (get_text (self));
  g_free (self->sent);
  self->sent = g_strdup (sending->text);
  cpt_window_commit (self->window, transaction, _("Task created"), NULL, stored_cb, sending);
}

/* Building */

static GtkWidget *
create_part (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
build (CptTaskEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Add a task: “Call Dupont tomorrow 10:00 !high”"));
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_PRIMARY, "list-add-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a task"), -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  self->title = create_part ("heading");
  self->due = create_part ("task-due");
  self->priority = create_part ("task-priority");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->due);
  gtk_box_append (GTK_BOX (box), self->priority);
  gtk_widget_add_css_class (box, "task-preview");
  self->preview = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->preview), box);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_widget_set_parent (self->preview, GTK_WIDGET (self));
}

static gboolean
cpt_task_entry_grab_focus (GtkWidget *widget)
{
  CptTaskEntry *self = CPT_TASK_ENTRY (widget);

  return self->entry != NULL && gtk_widget_grab_focus (self->entry);
}

static void
cpt_task_entry_dispose (GObject *object)
{
  CptTaskEntry *self = CPT_TASK_ENTRY (object);

  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_pointer (&self->preview, gtk_widget_unparent);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (cpt_task_entry_parent_class)->dispose (object);
}

static void
cpt_task_entry_finalize (GObject *object)
{
  CptTaskEntry *self = CPT_TASK_ENTRY (object);

  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_pointer (&self->sent, g_free);

  G_OBJECT_CLASS (cpt_task_entry_parent_class)->finalize (object);
}

static void
cpt_task_entry_class_init (CptTaskEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_task_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_task_entry_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = cpt_task_entry_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
cpt_task_entry_init (CptTaskEntry *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  build (self);
}

GtkWidget *
cpt_task_entry_new (CptWindow *window,
                    CptSchema *schema,
                    gboolean   is_for_today)
{
  CptTaskEntry *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_TASK_ENTRY, NULL);
  g_set_weak_pointer (&self->window, window);
  self->schema = cpt_schema_ref (schema);
  self->entity = cpt_schema_find_entity (schema, "task");
  self->is_for_today = is_for_today;
  gtk_widget_set_visible (GTK_WIDGET (self), !cpt_store_is_read_only (cpt_window_get_store (window)));

  return GTK_WIDGET (self);
}

GtkEditable *
cpt_task_entry_get_editable (CptTaskEntry *self)
{
  g_return_val_if_fail (CPT_IS_TASK_ENTRY (self), NULL);

  return GTK_EDITABLE (self->entry);
}
