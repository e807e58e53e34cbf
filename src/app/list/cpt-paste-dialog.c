/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a block from a spreadsheet would change, cell by cell: what is refused
 * first, then old and new. What the door refuses comes back beside its cell. */
#include "config.h"
#include "cpt-paste-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-money.h"
#include "cpt-series-change.h"

/* Cells that are shown of each sort; the others are counted */
#define MAX_SHOWN 200

struct _CptPasteDialog
{
  AdwWindow parent_instance;

  CptWindow *window;
  CptPaste *paste;
  GArray *indexes; /* (element-type guint): cells of the transaction under way */
  guint n_rows;
  guint n_columns;

  GtkLabel *summary;
  GtkBox *content;
  GtkWidget *apply;
};

G_DEFINE_FINAL_TYPE (CptPasteDialog, cpt_paste_dialog, ADW_TYPE_WINDOW)

/* @sentence has a %s for @number; none when that is 0 */
static void
add_sentence (GString    *text,
              guint       number,
              const char *sentence)
{
  g_autofree char *figure = cpt_decimal_format_local (number, 0, 0);
  g_auto(GStrv) parts = g_strsplit (sentence, "%s", 2);

  if (number > 0)
    g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "\n" : "", parts[0], figure, parts[1] != NULL ? parts[1] : "");
}

static char *
summarise (CptPasteDialog *self)
{
  CptPaste *paste = self->paste;
  GString *text = g_string_new (NULL);
  guint n_changed = paste->cells->len - paste->n_refused;

  if (n_changed == 0)
    g_string_append (text, _("Nothing would change."));
  add_sentence (text, n_changed,
                ngettext ("%s cell gets another value, as one change that can be undone.",
                          "%s cells get other values, as one change that can be undone.", n_changed));
  add_sentence (text, paste->n_refused,
                ngettext ("%s cell can’t be used and is left out.", "%s cells can’t be used and are left out.",
                          paste->n_refused));
  add_sentence (text, paste->n_same,
                ngettext ("%s cell already has this value.", "%s cells already have this value.", paste->n_same));
  add_sentence (text, self->n_rows,
                ngettext ("%s row lies beyond the end of the list and is left out.",
                          "%s rows lie beyond the end of the list and are left out.", self->n_rows));
  add_sentence (text, self->n_columns,
                ngettext ("%s column lies beyond the last one and is left out.",
                          "%s columns lie beyond the last one and are left out.", self->n_columns));

  return g_string_free (text, FALSE);
}

static GtkWidget *
create_row (CptPasteDialog     *self,
            const CptPasteCell *cell)
{
  GtkWidget *row = adw_action_row_new ();
  const char *empty = C_("value", "empty");
  const CptField *field = g_ptr_array_index (self->paste->fields, cell->column);
  /* Translators: a record and one of its fields */
  g_autofree char *title = g_strdup_printf (C_("cell of a record", "%s: %s"),
                                            (const char *) g_ptr_array_index (self->paste->titles, cell->row),
                                            cpt_field_get_label (field));
  /* Translators: the value of a field before and after */
  g_autofree char *change = g_strdup_printf (C_("change", "%s → %s"), cell->before[0] != '\0' ? cell->before : empty,
                                             cell->after != NULL && cell->after[0] != '\0' ? cell->after : empty);
  g_autofree char *subtitle = cell->message != NULL ? g_strdup_printf ("%s\n%s", change, cell->message) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : change);
  if (cell->message != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));

  return row;
}

static void
add_group (CptPasteDialog *self,
           const char     *title,
           gboolean        is_refused)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n_shown = 0, n_hidden = 0;

  for (guint i = 0; i < self->paste->cells->len; i++)
    {
      const CptPasteCell *cell = g_ptr_array_index (self->paste->cells, i);

      if ((cell->message != NULL) != is_refused)
        continue;
      if (n_shown == MAX_SHOWN)
        {
          n_hidden++;
          continue;
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), create_row (self, cell));
      n_shown++;
    }
  if (n_hidden > 0)
    {
      g_autofree char *number = cpt_decimal_format_local (n_hidden, 0, 0);
      g_autofree char *text = g_strdup_printf (ngettext ("And %s more", "And %s more", n_hidden), number);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_widget_set_visible (group, n_shown > 0);
  gtk_box_append (self->content, group);
}

static void
show_paste (CptPasteDialog *self)
{
  g_autofree char *text = summarise (self);
  guint n_changed = self->paste->cells->len - self->paste->n_refused;
  GtkWidget *child;

  while ((child = gtk_widget_get_last_child (GTK_WIDGET (self->content))) != GTK_WIDGET (self->summary))
    gtk_box_remove (self->content, child);
  gtk_label_set_text (self->summary, text);
  add_group (self, _("Left Out"), TRUE);
  add_group (self, _("Changes"), FALSE);
  gtk_widget_set_sensitive (self->apply, n_changed > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paste.apply", n_changed > 0);
}

/* It has been tried: @n_placed problems stand beside their cells. Nothing was
 * stored when there is an @error (nullable). */
static void
tried (CptPasteDialog *self,
       guint           n_placed,
       const GError   *error)
{
  if (error == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  /* Whoever closed it meanwhile is told all the same. */
  if (gtk_widget_get_realized (GTK_WIDGET (self)))
    show_paste (self);
  else
    n_placed = 0;
  if (n_placed == 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cpt_window_show_error (self->window, error);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptPasteDialog) self = user_data;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  guint n_placed = 0;

  cpt_window_commit_finish (CPT_WINDOW (source), result, &problems, &error);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);

      if (problem->index >= self->indexes->len)
        continue;
      cpt_paste_refuse (self->paste, g_array_index (self->indexes, guint, problem->index), problem->message);
      n_placed++;
    }
  tried (self, n_placed, error);
}

/* ------------------------------------------------------------ tasks that repeat */

/* Whether a cell is what @problem is about */
static gboolean
is_about (CptPasteDialog     *self,
          const CptProblem   *problem,
          const CptPasteCell *cell)
{
  const CptField *field = g_ptr_array_index (self->paste->fields, cell->column);

  return cell->message == NULL && cpt_uuid_equal (&g_array_index (self->paste->ids, CptUuid, cell->row), &problem->id) &&
         (problem->field == NULL || strcmp (problem->field->name, field->name) == 0);
}

/* The transaction has steps of its own for each series: what is refused is found
 * by its task and field. */
static void
series_stored_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(CptPasteDialog) self = user_data;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  guint n_placed = 0;

  cpt_series_commit_finish (CPT_WINDOW (source), result, &problems, &error);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    for (guint j = 0; j < self->paste->cells->len; j++)
      if (is_about (self, g_ptr_array_index (problems, i), g_ptr_array_index (self->paste->cells, j)))
        {
          cpt_paste_refuse (self->paste, j, ((const CptProblem *) g_ptr_array_index (problems, i))->message);
          n_placed++;
        }
  tried (self, n_placed, error);
}

/* (transfer full) */
static CptSeriesSet *
create_set (CptPasteDialog *self)
{
  g_autofree char *label = cpt_paste_dup_label (self->paste);
  CptSeriesSet *set = cpt_series_set_new (label);

  for (guint i = 0; i < self->indexes->len; i++)
    {
      const CptPasteCell *cell = g_ptr_array_index (self->paste->cells, g_array_index (self->indexes, guint, i));
      const CptField *field = g_ptr_array_index (self->paste->fields, cell->column);

      cpt_series_set_add (set, &g_array_index (self->paste->ids, CptUuid, cell->row), field->name, &cell->value);
    }

  return set;
}

/* ---------------------------------------------------------------- the object */

static void
apply_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptPasteDialog *self = CPT_PASTE_DIALOG (widget);
  g_autoptr(CptTransaction) transaction = NULL;
  g_autofree char *number = NULL;
  g_autofree char *toast = NULL;

  g_array_set_size (self->indexes, 0);
  transaction = cpt_paste_create_transaction (self->paste, self->indexes);
  number = cpt_decimal_format_local (self->indexes->len, 0, 0);
  toast = g_strdup_printf (ngettext ("%s cell pasted", "%s cells pasted", self->indexes->len), number);
  gtk_widget_set_sensitive (self->apply, FALSE);
  gtk_widget_action_set_enabled (widget, "paste.apply", FALSE);
  if (cpt_series_applies (self->paste->entity))
    cpt_series_commit_async (self->window, GTK_WINDOW (self), create_set (self), toast, series_stored_cb,
                             g_object_ref (self));
  else
    cpt_window_commit (self->window, g_steal_pointer (&transaction), toast, NULL, stored_cb, g_object_ref (self));
}

static void
cpt_paste_dialog_finalize (GObject *object)
{
  CptPasteDialog *self = CPT_PASTE_DIALOG (object);

  g_clear_object (&self->window);
  g_clear_pointer (&self->paste, cpt_paste_free);
  g_clear_pointer (&self->indexes, g_array_unref);

  G_OBJECT_CLASS (cpt_paste_dialog_parent_class)->finalize (object);
}

static void
cpt_paste_dialog_class_init (CptPasteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpt_paste_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "paste.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "paste.apply", NULL);
}

static GtkWidget *
create_header (CptPasteDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->apply = gtk_button_new_with_mnemonic (_("_Paste"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->apply), "paste.apply");
  gtk_widget_add_css_class (self->apply, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_("Paste Cells"), NULL));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->apply);

  return header;
}

static void
cpt_paste_dialog_init (CptPasteDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_label_set_xalign (self->summary, 0);
  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (self->content, GTK_WIDGET (self->summary));
  gtk_widget_set_margin_top (GTK_WIDGET (self->content), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->content), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (self->content), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->content), 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->content));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), create_header (self));
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Paste Cells"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

void
cpt_paste_dialog_show (CptWindow *window,
                       CptPaste  *paste,
                       guint      n_rows,
                       guint      n_columns)
{
  CptPasteDialog *self = g_object_new (CPT_TYPE_PASTE_DIALOG, NULL);

  self->window = g_object_ref (window);
  self->paste = paste;
  self->n_rows = n_rows;
  self->n_columns = n_columns;
  show_paste (self);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (gtk_widget_get_width (GTK_WIDGET (window)) - 10, 340, 560), 560);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (self));
  if (gtk_widget_get_sensitive (self->apply))
    gtk_widget_grab_focus (self->apply);
}
