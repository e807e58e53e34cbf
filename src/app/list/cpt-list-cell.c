/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing one field of one record in the list. A cell that is being edited is
 * known by its record and its field: rows move while somebody types. What was
 * typed is stored while the next cell is edited already; should it be refused,
 * the cell comes back with it and with the reason. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-cell-editor.h"
#include "cpt-choice-picker.h"
#include "cpt-link-picker.h"
#include "cpt-list-view-private.h"
#include "cpt-row-edit.h"
#include "cpt-series-change.h"

/* Rows that Tab passes, such as names of groups */
#define MAX_PASSED 32

/* Whether somebody has to say which tasks of a series a value is for: found out
 * while it is typed */
typedef enum
{
  SERIES_UNKNOWN,
  SERIES_NONE,
  SERIES_ASKED,
} SeriesState;

struct _CptListCell
{
  gint64 row;
  CptUuid id;
  const CptField *field; /* of the view's schema */
  CptValue before;
  CptCellStep step;      /* where a picker goes when it has picked */
  CptCellEditor *editor; /* (nullable): of the grid */
  GtkWidget *picker;     /* (nullable): a popover of the view */
  SeriesState series;
};

static void
list_cell_free (CptListCell *cell)
{
  cpt_value_clear (&cell->before);
  g_free (cell);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptListCell, list_cell_free)

/* ---------------------------------------------------------- what can be edited */

/* The field of the record itself in a column, or NULL with a sentence (transfer
 * none) why it is not edited here */
const CptField *
cpt_list_view_get_editable (CptListView  *self,
                            guint         column,
                            const char  **reason)
{
  const CptGridColumn *shown = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), column);
  const CptField *field;
  CptPath path;

  *reason = _("This can’t be changed here. Open the record to change it.");
  if (shown == NULL || !cpt_path_parse (self->schema, self->entity, shown->name, &path, NULL))
    return NULL;

  field = cpt_path_get_field (&path);
  if (cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    *reason = _("This workspace can only be read.");
  else if (path.n_steps > 1)
    *reason = _("This belongs to the linked record. Open that one to change it.");
  else if (field->formula != NULL)
    *reason = _("This is worked out by a formula. Change what it is made of.");
  else if ((field->flags & CPT_FIELD_READ_ONLY) != 0 || cpt_field_get_system (field->name) == field)
    *reason = _("Comptoir fills this field in by itself. Leave it as it is.");
  else if ((field->flags & CPT_FIELD_HIDDEN) == 0 && field->kind != CPT_FIELD_ATTACHMENT && field->kind != CPT_FIELD_JSON)
    return field;

  return NULL;
}

/* The next cell in reading order that can be edited; FALSE at the ends */
static gboolean
find_next (CptListView *self,
           int          direction,
           guint       *position,
           guint       *column)
{
  guint n_columns = self->columns->len, n_rows = cpt_grid_model_get_length (CPT_GRID_MODEL (self->model));
  gint64 cell = (gint64) *position * n_columns + *column;
  const char *reason;

  for (guint i = 0; i < MAX_PASSED * n_columns; i++)
    {
      cell += direction;
      if (cell < 0 || cell >= (gint64) n_rows * n_columns)
        return FALSE;
      if (cpt_list_view_get_editable (self, (guint) (cell % n_columns), &reason) == NULL ||
          cpt_grid_model_get_key (CPT_GRID_MODEL (self->model), (guint) (cell / n_columns)) < 0)
        continue;
      *position = (guint) (cell / n_columns);
      *column = (guint) (cell % n_columns);
      return TRUE;
    }

  return FALSE;
}

static guint
find_column (CptListView    *self,
             const CptField *field)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (strcmp (g_array_index (self->columns, CptListColumn, i).path, field->name) == 0)
      return i;

  return CPT_DATA_GRID_NONE;
}

/* Where the record is now; -1 when the list does not show it any more */
static gint64
find_position (CptListView *self,
               gint64       row)
{
  g_autoptr(GArray) rows = cpt_query_model_ref_rows (self->model);
  guint cursor = cpt_data_grid_get_cursor (self->grid);

  if (cursor < rows->len && g_array_index (rows, gint64, cursor) == row)
    return cursor;

  return cpt_row_edit_find (rows, row);
}

/* ------------------------------------------------------------------- storing */

typedef struct
{
  CptListView *view; /* (owned) */
  CptListCell *cell; /* (owned) */
  CptValue value;    /* (owned) */
} Saving;

static void
saving_free (Saving *saving)
{
  cpt_value_clear (&saving->value);
  list_cell_free (saving->cell);
  g_object_unref (saving->view);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void show_editor (CptListView *self,
                         CptListCell *cell,
                         guint column,
                         const CptValue *value,
                         const char *text);

/* The cell comes back with what was refused, unless something else is being
 * typed that can't be taken either, or another page has come meanwhile. */
static void
show_refusal (Saving     *saving,
              const char *message)
{
  CptListView *self = saving->view;
  CptListCell *cell = saving->cell;
  gint64 position = find_position (self, cell->row);
  guint column = find_column (self, cell->field);
  CptListCell *again;

  if (position < 0 || column == CPT_DATA_GRID_NONE || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      !cpt_list_view_finish_cell (self))
    {
      g_autofree char *text = g_strdup_printf (C_("problem", "%s: %s"), cpt_field_get_label (cell->field), message);
      g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, text);

      if (cpt_view_get_window (CPT_VIEW (self)) != NULL)
        cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
      return;
    }

  again = g_new0 (CptListCell, 1);
  again->row = cell->row;
  again->id = cell->id;
  again->field = cell->field;
  cpt_value_copy (&cell->before, &again->before);
  cpt_data_grid_set_cursor (self->grid, (guint) position);
  show_editor (self, again, column, &saving->value, NULL);
  cpt_cell_editor_set_error (self->cell->editor, message);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  const CptProblem *problem;

  if (cpt_window_commit_finish (CPT_WINDOW (source), result, &problems, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (saving->view->model == NULL)
    {
      cpt_window_show_error (CPT_WINDOW (source), error);
      return;
    }

  problem = problems != NULL && problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
  if (problem != NULL && problem->field != NULL && g_strcmp0 (problem->field->name, saving->cell->field->name) != 0)
    {
      g_autofree char *text =
        g_strdup_printf (C_("problem", "%s: %s"), cpt_field_get_label (problem->field), problem->message);

      show_refusal (saving, text);
    }
  else
    {
      show_refusal (saving, problem != NULL ? problem->message : error->message);
    }
}

static void
series_saved_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  g_autoptr(GError) error = NULL;

  if (cpt_series_change_finish (CPT_WINDOW (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (saving->view->model != NULL)
    show_refusal (saving, error->message);
  else
    cpt_window_show_error (CPT_WINDOW (source), error);
}

/* Takes @saving. Whoever leaves the list is not asked any more: she means this one. */
static void
save (CptWindow *window,
      Saving    *saving)
{
  const CptListCell *cell = saving->cell;
  const CptField *field = cell->field;
  g_autofree char *toast = g_strdup_printf (_("%s changed"), cpt_field_get_label (field));
  CptTransaction *transaction;

  if (cell->series == SERIES_ASKED)
    {
      CptCalendarTask task = { .id = cell->id, .day = G_MININT64, .is_repeating = TRUE };

      if (saving->view->is_leaving)
        cpt_series_change_one_async (window, &task, field->name, &saving->value, toast, series_saved_cb, saving);
      else
        cpt_series_change_async (window, &task, field->name, &saving->value, toast, series_saved_cb, saving);
      return;
    }

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_set (transaction, saving->view->entity, &cell->id, field, &saving->value);
  cpt_window_commit (window, transaction, toast, NULL, saved_cb, saving);
}

static SeriesState
finish_finding (GObject      *source,
                GAsyncResult *result)
{
  /* What can't be read is told when it is stored. */
  g_autofree gboolean *concerns = cpt_store_finish (CPT_STORE (source), result, NULL);

  return concerns != NULL && *concerns ? SERIES_ASKED : SERIES_NONE;
}

static void
found_to_save_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  CptWindow *window = cpt_view_get_window (CPT_VIEW (saving->view));

  saving->cell->series = finish_finding (source, result);
  if (window != NULL && cpt_window_get_store (window) == CPT_STORE (source))
    save (window, g_steal_pointer (&saving));
}

static void
found_while_typing_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(Saving) asked = user_data;
  CptListCell *cell = asked->view->cell;
  SeriesState series = finish_finding (source, result);

  if (cell != NULL && cell->row == asked->cell->row && cell->field == asked->cell->field)
    cell->series = series;
}

static void
find_series (CptListView         *self,
             CptListCell         *cell,
             GAsyncReadyCallback  callback,
             Saving              *saving)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (rows, cell->row);
  cpt_list_view_find_series (self, rows, cell->field, callback, saving);
}

/* Takes @cell. What is as it was is not stored. */
static void
store_value (CptListView    *self,
             CptListCell    *cell,
             const CptValue *value)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  Saving *saving;

  if (window == NULL || cpt_value_equal (&cell->before, value))
    {
      list_cell_free (cell);
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->view = g_object_ref (self);
  saving->cell = cell;
  cpt_value_copy (value, &saving->value);
  if (cell->series != SERIES_UNKNOWN || self->is_leaving || !cpt_series_applies (self->entity))
    save (window, saving);
  else
    find_series (self, cell, found_to_save_cb, saving);
}

/* While it is edited */
static void
begin_finding_series (CptListView *self)
{
  Saving *asked;

  if (!cpt_series_applies (self->entity))
    return;

  asked = g_new0 (Saving, 1);
  asked->view = g_object_ref (self);
  asked->cell = g_new0 (CptListCell, 1);
  asked->cell->row = self->cell->row;
  asked->cell->field = self->cell->field;
  find_series (self, asked->cell, found_while_typing_cb, asked);
}

/* ------------------------------------------------------------------- editing */

/* Away with the widgets; the cell that was edited (transfer full) (nullable) */
static CptListCell *
take_cell (CptListView *self)
{
  CptListCell *cell = g_steal_pointer (&self->cell);
  GtkWidget *picker = cell != NULL ? g_steal_pointer (&cell->picker) : NULL;

  if (cell != NULL && cell->editor != NULL)
    cpt_data_grid_set_editor (self->grid, NULL, 0);
  if (picker != NULL)
    {
      g_signal_handlers_disconnect_by_data (picker, self);
      gtk_popover_popdown (GTK_POPOVER (picker));
      gtk_widget_unparent (picker);
      gtk_widget_grab_focus (GTK_WIDGET (self->grid));
    }

  return cell;
}

void
cpt_list_view_cancel_cell (CptListView *self)
{
  CptListCell *cell = take_cell (self);

  g_clear_pointer (&cell, list_cell_free);
}

const CptField *
cpt_list_view_get_edited (CptListView *self)
{
  return self->cell != NULL ? self->cell->field : NULL;
}

gboolean
cpt_list_view_finish_cell (CptListView *self)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (self->cell == NULL)
    return TRUE;
  if (self->cell->editor == NULL)
    {
      cpt_list_view_cancel_cell (self);
      return TRUE;
    }
  if (!cpt_cell_editor_flush (self->cell->editor))
    return FALSE;

  cpt_value_copy (cpt_cell_editor_get_value (self->cell->editor), &value);
  store_value (self, take_cell (self), &value);

  return TRUE;
}

/* Yes or no is only gone to: there, to edit is to answer the opposite. */
static void
go_on (CptListView *self,
       CptCellStep  step,
       guint        position,
       guint        column)
{
  guint n_rows = cpt_grid_model_get_length (CPT_GRID_MODEL (self->model)), below = position + 1;
  const char *reason;

  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  while (below < n_rows && cpt_grid_model_get_key (CPT_GRID_MODEL (self->model), below) < 0)
    below++;
  if (step == CPT_CELL_DOWN && below < n_rows)
    cpt_data_grid_set_cursor (self->grid, below);
  if ((step == CPT_CELL_NEXT || step == CPT_CELL_PREVIOUS) &&
      find_next (self, step == CPT_CELL_NEXT ? 1 : -1, &position, &column))
    {
      cpt_data_grid_set_cursor (self->grid, position);
      cpt_data_grid_set_cell (self->grid, column);
      if (cpt_list_view_get_editable (self, column, &reason)->kind != CPT_FIELD_BOOLEAN)
        cpt_list_view_edit_cell (self, position, column, NULL);
    }
}

/* Stores @value and goes where the person wants. */
static void
leave_cell (CptListView    *self,
            const CptValue *value,
            CptCellStep     step)
{
  CptListCell *cell = take_cell (self);
  gint64 position = find_position (self, cell->row);
  guint column = find_column (self, cell->field);

  store_value (self, cell, value);
  if (position >= 0 && column != CPT_DATA_GRID_NONE && step != CPT_CELL_STAY)
    go_on (self, step, (guint) position, column);
}

static void
editor_done_cb (CptListView *self,
                guint        step)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_copy (cpt_cell_editor_get_value (self->cell->editor), &value);
  leave_cell (self, &value, (CptCellStep) step);
}

/* Takes @cell. @value is what the editor begins with. */
static void
show_editor (CptListView    *self,
             CptListCell    *cell,
             guint           column,
             const CptValue *value,
             const char     *text)
{
  GtkWidget *editor =
    cpt_cell_editor_new (cpt_view_get_store (CPT_VIEW (self)), self->schema, cell->field, value);

  self->cell = cell;
  cell->editor = CPT_CELL_EDITOR (editor);
  g_signal_connect_object (editor, "done", G_CALLBACK (editor_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "cancelled", G_CALLBACK (cpt_list_view_cancel_cell), self, G_CONNECT_SWAPPED);
  begin_finding_series (self);
  cpt_data_grid_set_cell (self->grid, column);
  cpt_data_grid_set_editor (self->grid, editor, column);
  cpt_cell_editor_begin (cell->editor, text);
}

/* ------------------------------------------------------------------- pickers */

static void
picked (CptListView    *self,
        const CptValue *value)
{
  leave_cell (self, value, self->cell->step);
}

static void
choice_picked_cb (CptListView *self,
                  const char  *name)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (name != NULL)
    cpt_value_set_text (&value, name);
  picked (self, &value);
}

static void
link_picked_cb (CptListView *self,
                const char  *id,
                const char  *title)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptUuid uuid;

  if (!cpt_uuid_parse (id, &uuid))
    return;

  cpt_value_set_id (&value, &uuid);
  picked (self, &value);
}

static gboolean
picker_closed_idle_cb (gpointer user_data)
{
  CptListView *self = user_data;

  if (self->cell != NULL && self->cell->picker != NULL && !gtk_widget_get_visible (self->cell->picker))
    cpt_list_view_cancel_cell (self);

  return G_SOURCE_REMOVE;
}

/* "picked" comes after "closed". */
static void
picker_closed_cb (CptListView *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, picker_closed_idle_cb, g_object_ref (self), g_object_unref);
}

static gboolean
picker_key_cb (CptListView     *self,
               guint            key,
               guint            code,
               GdkModifierType  modifiers)
{
  gboolean is_back = key == GDK_KEY_ISO_Left_Tab || (modifiers & GDK_SHIFT_MASK) != 0;

  if ((key != GDK_KEY_Tab && key != GDK_KEY_KP_Tab && key != GDK_KEY_ISO_Left_Tab) || self->cell == NULL)
    return GDK_EVENT_PROPAGATE;

  self->cell->step = is_back ? CPT_CELL_PREVIOUS : CPT_CELL_NEXT;
  if (CPT_IS_CHOICE_PICKER (self->cell->picker))
    cpt_choice_picker_pick (CPT_CHOICE_PICKER (self->cell->picker));
  else if (gtk_editable_get_text (cpt_link_picker_get_entry (CPT_LINK_PICKER (self->cell->picker)))[0] != '\0')
    cpt_link_picker_pick (CPT_LINK_PICKER (self->cell->picker));
  else
    picked (self, &self->cell->before);

  return GDK_EVENT_STOP;
}

/* Takes @cell */
static void
show_picker (CptListView *self,
             CptListCell *cell,
             guint        position,
             guint        column,
             const char  *text)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GdkRectangle area = { 0 };
  double x, y;

  if (cell->field->kind == CPT_FIELD_CHOICE)
    cell->picker = cpt_choice_picker_new (cell->field, &cell->before);
  else
    cell->picker = cpt_link_picker_new (cpt_view_get_store (CPT_VIEW (self)), self->schema,
                                        cpt_schema_get_target (self->schema, cell->field));
  self->cell = cell;
  cpt_data_grid_set_cell (self->grid, column);
  cpt_data_grid_get_cell_area (self->grid, position, column, &area);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->grid), GTK_WIDGET (self), area.x, area.y, &x, &y);
  area.x = (int) x;
  area.y = (int) y;
  gtk_widget_set_parent (cell->picker, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (cell->picker), &area);
  g_signal_connect_object (cell->picker, "picked",
                           cell->field->kind == CPT_FIELD_CHOICE ? G_CALLBACK (choice_picked_cb) : G_CALLBACK (link_picked_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell->picker, "closed", G_CALLBACK (picker_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (picker_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (cell->picker, keys);
  gtk_popover_popup (GTK_POPOVER (cell->picker));
  if (text != NULL && cell->field->kind == CPT_FIELD_CHOICE)
    cpt_choice_picker_set_text (CPT_CHOICE_PICKER (cell->picker), text);
  else if (text != NULL)
    cpt_link_picker_set_text (CPT_LINK_PICKER (cell->picker), text);
}

/* -------------------------------------------------------------- from outside */

/* (transfer full) (nullable): NULL when it can't be edited, which is said */
static CptListCell *
create_cell (CptListView *self,
             guint        position,
             guint        column)
{
  const CptValue *value = cpt_query_model_get_value (self->model, position, column);
  const CptField *field;
  const char *reason;
  CptListCell *cell;
  CptUuid id;

  if (value == NULL || !cpt_query_model_get_id (self->model, position, &id))
    return NULL;

  field = cpt_list_view_get_editable (self, column, &reason);
  if (field == NULL)
    {
      cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), reason);
      return NULL;
    }

  cell = g_new0 (CptListCell, 1);
  cell->row = cpt_grid_model_get_key (CPT_GRID_MODEL (self->model), position);
  cell->id = id;
  cell->field = field;
  cpt_value_copy (value, &cell->before);

  return cell;
}

void
cpt_list_view_edit_cell (CptListView *self,
                         guint        position,
                         guint        column,
                         const char  *text)
{
  CptListCell *cell;

  if (!cpt_list_view_finish_cell (self))
    return;

  cell = create_cell (self, position, column);
  if (cell == NULL)
    return;

  if (cell->field->kind == CPT_FIELD_BOOLEAN && text != NULL)
    {
      list_cell_free (cell); /* Letters say neither yes nor no */
    }
  else if (cell->field->kind == CPT_FIELD_BOOLEAN)
    {
      g_auto(CptValue) flipped = CPT_VALUE_INIT;

      cpt_value_set_integer (&flipped, cell->before.type != CPT_VALUE_INTEGER || cell->before.integer == 0);
      store_value (self, cell, &flipped);
    }
  else if (cell->field->kind == CPT_FIELD_CHOICE || cell->field->kind == CPT_FIELD_LINK)
    show_picker (self, cell, position, column, text);
  else
    show_editor (self, cell, column, &cell->before, text);
}

gboolean
cpt_list_view_clear_cell (CptListView *self)
{
  guint column = cpt_data_grid_get_cell (self->grid);
  g_auto(CptValue) nothing = CPT_VALUE_INIT;
  CptListCell *cell;

  if (self->cell != NULL)
    return TRUE;
  if (column == CPT_DATA_GRID_NONE || cpt_data_grid_get_n_selected (self->grid) > 0)
    return FALSE;

  cell = create_cell (self, cpt_data_grid_get_cursor (self->grid), column);
  if (cell != NULL && (cell->field->flags & CPT_FIELD_REQUIRED) != 0)
    {
      cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), _("This can’t be empty."));
      g_clear_pointer (&cell, list_cell_free);
    }
  if (cell != NULL)
    store_value (self, cell, &nothing);

  return TRUE;
}

/* The record may have been changed by others, may have moved or gone. */
void
cpt_list_view_follow_cell (CptListView *self)
{
  CptListCell *cell = self->cell;
  const CptValue *value;
  gint64 position;
  guint column;

  if (cell == NULL || cell->editor == NULL)
    return;

  position = find_position (self, cell->row);
  column = find_column (self, cell->field);
  if (position < 0 || column == CPT_DATA_GRID_NONE)
    {
      if (!cpt_list_view_finish_cell (self))
        cpt_list_view_cancel_cell (self);
      return;
    }

  if ((guint) position != cpt_data_grid_get_cursor (self->grid))
    cpt_data_grid_set_cursor (self->grid, (guint) position);
  value = cpt_query_model_get_value (self->model, (guint) position, column);
  if (value != NULL && !cpt_value_equal (value, &cell->before))
    {
      cpt_value_clear (&cell->before);
      cpt_value_copy (value, &cell->before);
      cpt_cell_editor_set_value (cell->editor, value);
    }
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);

  cpt_list_view_edit_cell (self, cpt_data_grid_get_cursor (self->grid), g_variant_get_uint32 (parameter), NULL);
}

void
cpt_list_view_install_cell_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.edit-cell", "u", edit_action);
}
