/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of choices. It is made anew when other data are shown; a choice
 * changes the line of its field alone. A line is a group of radio buttons: one
 * for each record, and one for all of them together where that can be had. */

#include "config.h"

#include "cpt-merge-choices.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a column */
#define MIN_FIELD_CHARS 12
#define MIN_VALUE_CHARS 16
#define MAX_VALUE_CHARS 34

typedef struct
{
  CptMergeChoices *choices; /* outlives its widgets */
  const CptMergeRow *row;   /* lives as long as the data; NULL: which record is kept */
  guint source;
} Target;

/* One field on the screen; its widgets are borrowed */
typedef struct
{
  const CptMergeRow *row;
  GPtrArray *buttons; /* of GtkCheckButton */
  GArray *sources;    /* of guint: of each button */
  GtkWidget *result;  /* (nullable) */
  GtkWidget *problem;
} Line;

struct _CptMergeChoices
{
  AdwBin parent_instance;

  CptMergeData *data; /* (nullable): borrowed */
  guint *order;       /* n_records */
  gboolean is_narrow;
  gboolean is_showing;
  gboolean is_all; /* fields that are alike are shown too */
  GPtrArray *lines;
};

enum
{
  CHOSEN,
  KEPT,
  LEFT_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptMergeChoices, cpt_merge_choices, ADW_TYPE_BIN)

static void build (CptMergeChoices *self);

static void
line_free (gpointer pointer)
{
  Line *line = pointer;

  g_ptr_array_unref (line->buttons);
  g_array_unref (line->sources);
  g_free (line);
}

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_VALUE_CHARS);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);

  return label;
}

/* Lines */

static void
show_line (CptMergeChoices *self,
           Line            *line)
{
  guint source = cpt_merge_get_source (self->data->merge, line->row->field);
  const char *result = cpt_merge_data_get_result (self->data, line->row);

  self->is_showing = TRUE;
  for (guint i = 0; i < line->buttons->len; i++)
    if (g_array_index (line->sources, guint, i) == source)
      gtk_check_button_set_active (g_ptr_array_index (line->buttons, i), TRUE);
  self->is_showing = FALSE;
  if (line->result != NULL)
    gtk_label_set_label (GTK_LABEL (line->result), result != NULL ? result : C_("value", "empty"));
  gtk_widget_set_visible (line->problem, FALSE);
}

static void
target_free (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static void
toggled_cb (GtkCheckButton *button,
            Target         *target)
{
  CptMergeChoices *self = target->choices;

  if (self->is_showing || self->data == NULL || !gtk_check_button_get_active (button))
    return;

  if (target->row == NULL)
    g_signal_emit (self, signals[KEPT], 0, target->source);
  else
    g_signal_emit (self, signals[CHOSEN], 0, target->row->field, target->source);

  for (guint i = 0; self->data != NULL && target->row != NULL && i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);
      gboolean has_problem = gtk_widget_get_visible (line->problem);

      if (line->row != target->row)
        continue;
      show_line (self, line);
      gtk_widget_set_visible (line->problem, has_problem);
    }
}

static void
left_out_cb (GtkButton *button,
             Target    *target)
{
  g_signal_emit (target->choices, signals[LEFT_OUT], 0, target->source);
}

static void
connect_target (CptMergeChoices   *self,
                GtkWidget         *widget,
                const char        *signal,
                GCallback          callback,
                const CptMergeRow *row,
                guint              source)
{
  Target *target = g_new0 (Target, 1);

  target->choices = self;
  target->row = row;
  target->source = source;
  g_signal_connect_data (widget, signal, callback, target, target_free, 0);
}

/* @text NULL: empty; @whose (nullable): in words, whose value it is */
static GtkWidget *
create_choice (CptMergeChoices *self,
               Line            *line,
               guint            source,
               const char      *text,
               const char      *whose)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *shown = text != NULL ? text : C_("value", "empty");
  g_autofree char *name = NULL;

  gtk_box_append (GTK_BOX (box), create_label (shown, text != NULL ? NULL : "dim-label"));
  if (self->is_narrow)
    {
      gtk_box_append (GTK_BOX (box), create_label (whose, "dim-label"));
      gtk_widget_add_css_class (gtk_widget_get_last_child (box), "caption");
    }
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  /* Translators: field, value, whose value it is: "E-mail: a@b.fr (Jean Martin)" */
  name = g_strdup_printf (C_("merge", "%s: %s (%s)"), cpt_field_get_label (line->row->field), shown, whose);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (line->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), g_ptr_array_index (line->buttons, 0));
  g_ptr_array_add (line->buttons, button);
  g_array_append_val (line->sources, source);
  connect_target (self, button, "toggled", G_CALLBACK (toggled_cb), line->row, source);

  return button;
}

static Line *
add_line (CptMergeChoices   *self,
          const CptMergeRow *row)
{
  Line *line = g_new0 (Line, 1);

  line->row = row;
  line->buttons = g_ptr_array_new ();
  line->sources = g_array_new (FALSE, FALSE, sizeof (guint));
  line->problem = create_label (NULL, "error");
  gtk_widget_set_visible (line->problem, FALSE);
  g_ptr_array_add (self->lines, line);

  return line;
}

/* Which record is kept, and which is no duplicate after all */

static GtkWidget *
create_keep_button (CptMergeChoices  *self,
                    GtkCheckButton  **group,
                    guint             column)
{
  guint source = self->order[column];
  const char *title = self->data->titles[source];
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = NULL;

  gtk_box_append (GTK_BOX (box), create_label (title, "heading"));
  gtk_label_set_width_chars (GTK_LABEL (gtk_widget_get_first_child (box)), self->is_narrow ? -1 : MIN_VALUE_CHARS);
  gtk_box_append (GTK_BOX (box), create_label (self->data->created[source], "dim-label"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "caption");
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  /* Translators: of records that become one, this one stays: "Keep Jean Martin" */
  name = g_strdup_printf (_("Keep %s"), title);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  if (*group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), *group);
  *group = GTK_CHECK_BUTTON (button);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), source == 0);
  connect_target (self, button, "toggled", G_CALLBACK (toggled_cb), NULL, source);

  return button;
}

static GtkWidget *
create_head (CptMergeChoices  *self,
             GtkCheckButton  **group,
             guint             column)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  guint source = self->order[column];

  gtk_box_append (GTK_BOX (head), create_keep_button (self, group, column));
  if (self->data->n_records > 2)
    {
      GtkWidget *out = gtk_button_new_from_icon_name ("list-remove-symbolic");
      g_autofree char *name = NULL;

      /* Translators: this record is not merged with the others: "Leave out Jean Martin" */
      name = g_strdup_printf (_("Leave out %s"), self->data->titles[source]);
      gtk_widget_add_css_class (out, "flat");
      gtk_widget_set_valign (out, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (out, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (out), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      connect_target (self, out, "clicked", G_CALLBACK (left_out_cb), NULL, source);
      gtk_box_append (GTK_BOX (head), out);
    }

  return head;
}

/* Side by side */

static void
fill_wide_line (CptMergeChoices *self,
                GtkGrid         *grid,
                Line            *line,
                int              at)
{
  CptMergeData *data = self->data;
  GtkWidget *field = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *result = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (field), create_label (cpt_field_get_label (line->row->field), "dim-label"));
  gtk_label_set_width_chars (GTK_LABEL (gtk_widget_get_first_child (field)), MIN_FIELD_CHARS);
  gtk_box_append (GTK_BOX (field), line->problem);
  gtk_grid_attach (grid, field, 0, at, 1, 1);
  for (guint i = 0; i < data->n_records; i++)
    {
      guint source = self->order[i];
      const char *text = g_ptr_array_index (line->row->texts, source);
      GtkWidget *cell = line->row->differs ? create_choice (self, line, source, text, data->titles[source])
                                           : create_label (text, NULL);

      gtk_widget_set_valign (cell, GTK_ALIGN_START);
      gtk_grid_attach (grid, cell, (int) i + 1, at, 1, 1);
    }

  line->result = create_label (NULL, NULL);
  gtk_label_set_width_chars (GTK_LABEL (line->result), MIN_VALUE_CHARS);
  gtk_box_append (GTK_BOX (result), line->result);
  if (line->row->differs && line->row->united != NULL)
    gtk_box_append (GTK_BOX (result), create_choice (self, line, CPT_MERGE_UNITED, _("All of them"), _("Result")));
  gtk_grid_attach (grid, result, (int) data->n_records + 1, at, 1, 1);
}

static void
add_rule (GtkGrid *grid,
          int      at,
          guint    n_columns)
{
  gtk_grid_attach (grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, at, (int) n_columns, 1);
}

static GtkWidget *
create_wide (CptMergeChoices *self)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkCheckButton *group = NULL;
  guint n_columns = self->data->n_records + 2;
  int at = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 9);
  gtk_widget_add_css_class (grid, "merge-table");
  gtk_grid_attach (GTK_GRID (grid), create_label (_("Keep"), "dim-label"), 0, at, 1, 1);
  gtk_widget_set_valign (gtk_grid_get_child_at (GTK_GRID (grid), 0, 0), GTK_ALIGN_START);
  for (guint i = 0; i < self->data->n_records; i++)
    gtk_grid_attach (GTK_GRID (grid), create_head (self, &group, i), (int) i + 1, at, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), create_label (_("Result"), "heading"), (int) n_columns - 1, at, 1, 1);
  gtk_widget_set_valign (gtk_grid_get_child_at (GTK_GRID (grid), (int) n_columns - 1, 0), GTK_ALIGN_START);

  for (guint i = 0; i < self->lines->len; i++)
    {
      add_rule (GTK_GRID (grid), ++at, n_columns);
      fill_wide_line (self, GTK_GRID (grid), g_ptr_array_index (self->lines, i), ++at);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_widget_add_css_class (scrolled, "card");

  return scrolled;
}

/* Below one another */

static GtkWidget *
create_block (const char *title)
{
  GtkWidget *block = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (block, "card");
  gtk_widget_add_css_class (block, "merge-block");
  gtk_box_append (GTK_BOX (block), create_label (title, "heading"));

  return block;
}

static GtkWidget *
create_narrow_line (CptMergeChoices *self,
                    Line            *line)
{
  CptMergeData *data = self->data;
  GtkWidget *block = create_block (cpt_field_get_label (line->row->field));

  gtk_box_append (GTK_BOX (block), line->problem);
  if (line->row->differs && line->row->united != NULL)
    gtk_box_append (GTK_BOX (block), create_choice (self, line, CPT_MERGE_UNITED, line->row->united, _("All of them")));
  for (guint i = 0; line->row->differs && i < data->n_records; i++)
    {
      guint source = self->order[i];

      gtk_box_append (GTK_BOX (block), create_choice (self, line, source, g_ptr_array_index (line->row->texts, source),
                                                      data->titles[source]));
    }
  if (!line->row->differs)
    gtk_box_append (GTK_BOX (block), create_label (g_ptr_array_index (line->row->texts, 0), NULL));

  return block;
}

static GtkWidget *
create_narrow (CptMergeChoices *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heads = create_block (_("Keep"));
  GtkCheckButton *group = NULL;

  for (guint i = 0; i < self->data->n_records; i++)
    gtk_box_append (GTK_BOX (heads), create_head (self, &group, i));
  gtk_box_append (GTK_BOX (box), heads);
  for (guint i = 0; i < self->lines->len; i++)
    gtk_box_append (GTK_BOX (box), create_narrow_line (self, g_ptr_array_index (self->lines, i)));

  return box;
}

/* Both */

static void
all_clicked_cb (CptMergeChoices *self)
{
  self->is_all = TRUE;
  build (self);
}

static GtkWidget *
create_all_button (CptMergeChoices *self,
                   guint            n_same)
{
  g_autofree char *text = NULL;
  GtkWidget *button;

  text = g_strdup_printf (ngettext ("Show %u Field That Is Alike", "Show %u Fields That Are Alike", n_same), n_same);
  button = gtk_button_new_with_label (text);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (all_clicked_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
build (CptMergeChoices *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  guint n_same = 0;

  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; i < self->data->rows->len; i++)
    {
      const CptMergeRow *row = g_ptr_array_index (self->data->rows, i);

      if (row->differs || self->is_all)
        add_line (self, row);
      else
        n_same++;
    }

  gtk_box_append (GTK_BOX (box), self->is_narrow ? create_narrow (self) : create_wide (self));
  if (n_same > 0)
    gtk_box_append (GTK_BOX (box), create_all_button (self, n_same));
  for (guint i = 0; i < self->lines->len; i++)
    show_line (self, g_ptr_array_index (self->lines, i));
  adw_bin_set_child (ADW_BIN (self), box);
}

void
cpt_merge_choices_show (CptMergeChoices *self,
                        CptMergeData    *data,
                        const guint     *order,
                        gboolean         is_narrow)
{
  gboolean has_focus;

  g_return_if_fail (CPT_IS_MERGE_CHOICES (self));

  has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  self->data = data;
  self->is_narrow = is_narrow;
  g_clear_pointer (&self->order, g_free);
  if (data == NULL)
    {
      g_ptr_array_set_size (self->lines, 0);
      adw_bin_set_child (ADW_BIN (self), NULL);
      return;
    }

  self->order = g_memdup2 (order, data->n_records * sizeof (guint));
  build (self);
  if (has_focus)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

gboolean
cpt_merge_choices_set_problem (CptMergeChoices *self,
                               const CptField  *field,
                               const char      *message)
{
  g_return_val_if_fail (CPT_IS_MERGE_CHOICES (self), FALSE);

  for (guint i = 0; field != NULL && i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      if (strcmp (line->row->field->name, field->name) != 0)
        continue;
      show_line (self, line);
      gtk_label_set_label (GTK_LABEL (line->problem), message);
      gtk_widget_set_visible (line->problem, TRUE);
      return TRUE;
    }

  return FALSE;
}

static void
cpt_merge_choices_dispose (GObject *object)
{
  CptMergeChoices *self = CPT_MERGE_CHOICES (object);

  self->data = NULL;

  G_OBJECT_CLASS (cpt_merge_choices_parent_class)->dispose (object);
}

static void
cpt_merge_choices_finalize (GObject *object)
{
  CptMergeChoices *self = CPT_MERGE_CHOICES (object);

  g_ptr_array_unref (self->lines);
  g_free (self->order);

  G_OBJECT_CLASS (cpt_merge_choices_parent_class)->finalize (object);
}

static void
cpt_merge_choices_class_init (CptMergeChoicesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_merge_choices_dispose;
  object_class->finalize = cpt_merge_choices_finalize;

  /**
   * CptMergeChoices::chosen:
   * @field: a field
   * @source: where the record is in the merge, or CPT_MERGE_UNITED
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  /**
   * CptMergeChoices::kept:
   * @source: where the record that shall be kept is in the merge
   */
  signals[KEPT] = g_signal_new ("kept", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
  /**
   * CptMergeChoices::left-out:
   * @source: where the record that shall not be merged is in the merge
   */
  signals[LEFT_OUT] = g_signal_new ("left-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cpt_merge_choices_init (CptMergeChoices *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
}

GtkWidget *
cpt_merge_choices_new (void)
{
  return g_object_new (CPT_TYPE_MERGE_CHOICES, NULL);
}
