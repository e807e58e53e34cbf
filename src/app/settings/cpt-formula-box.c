/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A formula, tried while it is typed. Only the last try is shown; nothing is
 * stored by it. */
#include "config.h"

#include "cpt-formula-box.h"

#include <glib/gi18n-lib.h>

#include "cpt-computed.h"
#include "cpt-settings-dialog.h"

#define N_SAMPLES 3
#define PAUSE_MS 150

/* What is shown of the language: all of it is in the manual */
static const struct
{
  const char *example;
  const char *meaning;
} examples[] = {
  { "amount * probability", N_("Numbers and amounts: + - * / and percentages") },
  { "organisation.name", N_("A field of what a link leads to") },
  { "if(is_empty(closed_on), 0, amount)", N_("One or the other, as a condition has it; conditions have = != < > and, or, not") },
  { "if_empty(a, b)", N_("The first that is not empty") },
  { "round(x, 2)", N_("Also floor, ceil, abs, min and max") },
  { "name & \" (\" & city & \")\"", N_("Texts joined; also upper, lower, left, right, length and contains") },
  { "days_between(created_at, today())", N_("Days from one date to another; also months_between") },
  { "add_months(today(), 3)", N_("A later date; also add_days, add_years and end_of_month") },
  { "year(created_at)", N_("A part of a date; also quarter, month, day and weekday") },
  { "sum(deals.amount where probability > 50%)", N_("Over linked records; also count, avg, min and max") },
};

struct _CptFormulaBox
{
  AdwBin parent_instance;

  CptStore *store;
  GCancellable *cancellable; /* (nullable): of the reading that goes on */
  CptRecord *waiting;        /* (nullable): what is tried next */
  guint pause;               /* source, or 0 */

  /* Borrowed from GTK */
  GtkWidget *entry;
  GtkWidget *message;
  GtkWidget *preview; /* AdwPreferencesGroup */
  GPtrArray *rows;    /* (owned) (element-type GtkWidget): of the preview */
};

G_DEFINE_FINAL_TYPE (CptFormulaBox, cpt_formula_box, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Showing */

static void
clear_samples (CptFormulaBox *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->preview), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (self->preview, FALSE);
}

static GtkWidget *
create_row (const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  return row;
}

static void
show_samples (CptFormulaBox *self,
              GPtrArray     *samples)
{
  clear_samples (self);
  for (guint i = 0; i < samples->len; i++)
    {
      const CptComputedSample *sample = g_ptr_array_index (samples, i);
      /* Translators: what a formula gives for a record: nothing */
      GtkWidget *row = create_row (sample->title, *sample->text != '\0' ? sample->text : C_("formula", "Nothing"));

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->preview), row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (self->preview, samples->len > 0);
}

static void
show_problem (CptFormulaBox *self,
              const char    *problem)
{
  cpt_settings_dialog_show_message (self->message, problem);
  if (problem != NULL)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
}

/* Trying */

static gpointer
run_trial (CptDatabase   *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return cpt_computed_try (database, data, N_SAMPLES, error);
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptFormulaBox) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptComputedTrial) trial = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  show_problem (self, trial != NULL ? trial->problem : error->message);
  if (trial != NULL && trial->problem == NULL)
    show_samples (self, trial->samples);
  else
    clear_samples (self);
}

static void
stop (CptFormulaBox *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_pointer (&self->waiting, cpt_record_unref);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
pause_over_cb (gpointer data)
{
  CptFormulaBox *self = data;

  self->pause = 0;
  self->cancellable = g_cancellable_new ();
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, run_trial, g_steal_pointer (&self->waiting),
                        (GDestroyNotify) cpt_record_unref, (GDestroyNotify) cpt_computed_trial_free, self->cancellable, tried_cb,
                        g_object_ref (self));

  return G_SOURCE_REMOVE;
}

void
cpt_formula_box_try (CptFormulaBox *self,
                     CptRecord     *record)
{
  g_return_if_fail (CPT_IS_FORMULA_BOX (self));

  stop (self);
  self->waiting = record;
  self->pause = g_timeout_add (PAUSE_MS, pause_over_cb, self);
}

void
cpt_formula_box_rest (CptFormulaBox *self)
{
  g_return_if_fail (CPT_IS_FORMULA_BOX (self));

  stop (self);
  show_problem (self, NULL);
  clear_samples (self);
}

/* Typing */

static void
changed_cb (CptFormulaBox *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Where the cursor is */
static void
insert_cb (AdwActionRow  *row,
           CptFormulaBox *self)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  const char *text = gtk_widget_get_name (GTK_WIDGET (row));
  int position;

  gtk_editable_delete_selection (editable);
  position = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (editable, position);
}

void
cpt_formula_box_set_text (CptFormulaBox *self,
                          const char    *text)
{
  g_return_if_fail (CPT_IS_FORMULA_BOX (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
}

char *
cpt_formula_box_dup_text (CptFormulaBox *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (CPT_IS_FORMULA_BOX (self), NULL);

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* The object */

static void
cpt_formula_box_dispose (GObject *object)
{
  CptFormulaBox *self = CPT_FORMULA_BOX (object);

  stop (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_formula_box_parent_class)->dispose (object);
}

static void
cpt_formula_box_finalize (GObject *object)
{
  g_ptr_array_unref (CPT_FORMULA_BOX (object)->rows);

  G_OBJECT_CLASS (cpt_formula_box_parent_class)->finalize (object);
}

static void
cpt_formula_box_class_init (CptFormulaBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_formula_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_formula_box_finalize;

  signals[CHANGED] = g_signal_new ("changed", CPT_TYPE_FORMULA_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

/* A row that is written into the formula when it is activated */
static void
add_offer (CptFormulaBox *self,
           GtkWidget     *expander,
           const char    *title,
           const char    *subtitle,
           const char    *text)
{
  GtkWidget *row = create_row (title, subtitle);

  gtk_widget_set_name (row, text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (insert_cb), self, 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
}

/* The lists that a row with others in it is made of: they have no name of their own */
static void
name_lists (GtkWidget  *widget,
            const char *name)
{
  if (GTK_IS_LIST_BOX (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_lists (child, name);
}

static GtkWidget *
add_expander (GtkWidget  *group,
              const char *title,
              const char *subtitle)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  name_lists (row, title);

  return row;
}

static void
cpt_formula_box_init (CptFormulaBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();

  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), C_("field group", "Formula"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("A field with a formula is worked out for every record, and again when what it "
                                           "reads changes. Leave it empty for a field that people fill in."));
  self->entry = cpt_settings_dialog_add_entry (group, _("Formula"), NULL);
  self->message = cpt_settings_dialog_create_message ();
  self->preview = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->preview), _("What It Gives"));
  gtk_widget_set_visible (self->preview, FALSE);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->preview);
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
add_help (CptFormulaBox   *self,
          const CptEntity *entity)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *fields = add_expander (group, _("Fields"), _("Written by these names"));
  GtkWidget *functions = add_expander (group, _("Functions and Signs"), _("Written as in these examples"));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What Can Be Written"));
  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0)
      add_offer (self, fields, cpt_field_get_label (entity->fields[i]), entity->fields[i]->name, entity->fields[i]->name);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    add_offer (self, functions, examples[i].example, _(examples[i].meaning), examples[i].example);
  gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), group);
}

GtkWidget *
cpt_formula_box_new (CptStore        *store,
                     const CptEntity *entity)
{
  CptFormulaBox *self;

  g_return_val_if_fail (CPT_IS_STORE (store) && entity != NULL, NULL);

  self = g_object_new (CPT_TYPE_FORMULA_BOX, NULL);
  self->store = g_object_ref (store);
  add_help (self, entity);

  return GTK_WIDGET (self);
}
