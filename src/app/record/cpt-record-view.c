/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The page of a record, made from its declaration. A stored record is saved
 * field by field as the person goes; each save is one act that Undo takes back.
 * A draft is kept here alone until it is created.
 *
 * After every commit that touches the record, whoever made it, everything is
 * read again in one go and the editors are given the new values; what is being
 * typed stays.
 */

#include "config.h"

#include "cpt-record-view-private.h"

#include <glib/gi18n.h>

#include "cpt-error.h"
#include "cpt-field-editor.h"
#include "cpt-form.h"
#include "cpt-record-group.h"
#include "cpt-record-more.h"
#include "cpt-record-plan.h"
#include "cpt-record-side.h"
#include "cpt-record-twins.h"

G_DEFINE_FINAL_TYPE (CptRecordView, cpt_record_view, CPT_TYPE_VIEW)

typedef struct
{
  char *entity;
  CptUuid id;
} ReadData;

static void read_record (CptRecordView *self);
static CptFieldEditor *flush_editors (CptRecordView *self);

static void
read_data_free (gpointer pointer)
{
  ReadData *data = pointer;

  g_free (data->entity);
  g_free (data);
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const ReadData *data = user_data;

  return cpt_record_data_read (database, data->entity, &data->id, error);
}

/* Rules */

static void
apply_rules (CptRecordView *self)
{
  gboolean is_locked = cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));

  if (self->record != NULL)
    cpt_record_rules_apply (self->rules, self->is_draft, is_locked || self->record->in_trash);
}

/* What is behind links has been read: nothing jumps once the page is shown. */
static void
rules_settled_cb (CptRecordView *self)
{
  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) != self->message)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "record");
}

static CptRecord *
peek_for_rules (gpointer page)
{
  CptRecordView *self = CPT_RECORD_VIEW (page);

  return self->record != NULL ? cpt_record_view_peek (self) : NULL;
}

static void
editor_typed_cb (CptRecordView *self)
{
  apply_rules (self);
  cpt_record_view_look_for_twins (self);
}

static void
editor_committed_cb (CptFieldEditor *editor,
                     CptRecordView  *self)
{
  if (self->is_draft)
    {
      self->is_touched = TRUE;
      cpt_record_set (self->record, cpt_field_editor_get_field (editor), cpt_field_editor_get_value (editor));
    }
  else
    cpt_record_view_save (self, editor);
  apply_rules (self);
}

static void
link_opened_cb (CptFieldEditor *editor,
                const char     *entity,
                const char     *id,
                CptRecordView  *self)
{
  const CptEntity *target = cpt_schema_find_entity (self->schema, entity);
  CptUuid uuid;

  if (target != NULL && cpt_uuid_parse (id, &uuid))
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), target, &uuid);
}

/* It is stored, or nobody wants it. */
static void
forget_company (CptRecordView *self)
{
  for (guint i = 0; self->company != NULL && i < self->editors->len; i++)
    cpt_field_editor_expect (g_ptr_array_index (self->editors, i), NULL, NULL);
  g_clear_pointer (&self->company, cpt_record_unref);
}

/* What was typed while the draft was being stored is saved behind it. */
static void
save_since (CptRecordView *self)
{
  g_autoptr(CptRecord) sent = g_steal_pointer (&self->sent);

  for (guint i = 0; sent != NULL && i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const CptField *field = cpt_field_editor_get_field (editor);

      if (!cpt_value_equal (cpt_record_get (self->record, field), cpt_record_get (sent, field)))
        cpt_record_view_save (self, editor);
    }
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptRecordView) self = CPT_RECORD_VIEW (user_data);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  if (cpt_window_commit_finish (CPT_WINDOW (source), result, &problems, &error))
    {
      /* The page, its workspace or its window has been left meanwhile. */
      if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
        return;

      self->is_draft = FALSE;
      self->id = self->record->id;
      forget_company (self);
      gtk_widget_set_visible (self->create, FALSE);
      gtk_widget_set_visible (self->side, TRUE);
      cpt_record_twins_look (CPT_RECORD_TWINS (self->twins), NULL);
      save_since (self);
      read_record (self);
      if (!cpt_uuid_is_nil (&self->twin))
        cpt_record_view_merge_with_twin (self);
      return;
    }

  self->twin = (CptUuid){ 0 };
  g_clear_pointer (&self->sent, cpt_record_unref);

  gtk_widget_set_sensitive (self->create, TRUE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      CptFieldEditor *editor = cpt_record_view_show_problems (self, problems, error);

      if (editor != NULL)
        gtk_widget_grab_focus (cpt_field_editor_get_row (editor));
    }
}

static gboolean
links_to_company (CptRecordView *self)
{
  for (guint i = 0; self->company != NULL && i < self->entity->n_fields; i++)
    {
      const CptValue *value = cpt_record_get (self->record, self->entity->fields[i]);

      if (value->type == CPT_VALUE_ID && cpt_uuid_equal (&value->id, &self->company->id))
        return TRUE;
    }

  return FALSE;
}

static void
create_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);
  CptTransaction *transaction;
  CptFieldEditor *editor;
  g_autoptr(CptRecord) record = NULL;
  g_autofree char *toast = NULL;

  if (!self->is_draft || !gtk_widget_get_visible (self->create) || !gtk_widget_get_sensitive (self->create))
    return;

  editor = flush_editors (self);
  if (editor != NULL)
    {
      self->twin = (CptUuid){ 0 };
      cpt_record_group_open (cpt_field_editor_get_row (editor));
      gtk_widget_grab_focus (cpt_field_editor_get_row (editor));
      return;
    }

  cpt_record_rules_fill (self->rules, self->record);
  gtk_widget_set_sensitive (self->create, FALSE);
  cpt_uuid_generate (&self->record->id, cpt_clock_get_now (cpt_store_get_clock (cpt_view_get_store (CPT_VIEW (self)))) / 1000);
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  if (links_to_company (self))
    cpt_transaction_create (transaction, self->company);
  record = cpt_record_copy (self->record);
  g_clear_pointer (&self->sent, cpt_record_unref);
  self->sent = cpt_record_copy (self->record);
  cpt_transaction_create (transaction, record);
  /* Translators: a toast; %s is a kind of record: "Deal created" */
  toast = g_strdup_printf (_("%s created"), cpt_entity_get_label (self->entity));
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, toast, NULL, created_cb, g_object_ref (self));
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  CptTransaction *transaction;
  g_autofree char *toast = NULL;

  if (cpt_record_view_ask_series (self, NULL))
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_delete (transaction, self->entity, &self->id);
  /* Translators: a toast; %s is a kind of record: "Deal moved to the trash" */
  toast = g_strdup_printf (_("%s moved to the trash"), cpt_entity_get_label (self->entity));
  self->is_done = TRUE;
  cpt_window_commit (window, transaction, toast, NULL, NULL, NULL);
  cpt_window_back (window);
}

static void
restore_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autofree char *toast = NULL;

  cpt_transaction_restore (transaction, self->entity, &self->id);
  /* Translators: a toast; %s is a kind of record: "Deal restored" */
  toast = g_strdup_printf (_("%s restored"), cpt_entity_get_label (self->entity));
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, toast, NULL, NULL, NULL);
}

static void
note_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);

  if (!self->is_draft)
    cpt_record_side_begin_note (CPT_RECORD_SIDE (self->side));
}

/* Showing */

static void
add_editor (CptRecordView  *self,
            GtkWidget      *group,
            const CptField *field)
{
  CptFieldEditor *editor = cpt_field_editor_new (cpt_view_get_store (CPT_VIEW (self)), self->schema, field);

  if (field->flags & CPT_FIELD_READ_ONLY)
    cpt_field_editor_set_read_only (editor, TRUE);
  g_signal_connect_object (editor, "committed", G_CALLBACK (editor_committed_cb), self, 0);
  g_signal_connect_object (editor, "typed", G_CALLBACK (editor_typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "open-link", G_CALLBACK (link_opened_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), cpt_field_editor_get_row (editor));
  g_ptr_array_add (self->editors, editor);
}

static void
build_form (CptRecordView *self)
{
  const CptForm *form = cpt_entity_get_form (self->entity);

  for (guint i = 0; i < form->n_groups; i++)
    {
      GtkWidget *group = cpt_record_group_new (&form->groups[i]);

      for (guint j = 0; j < form->groups[i].n_fields; j++)
        add_editor (self, group, form->groups[i].fields[j].field);
      cpt_record_group_finish (group, &form->groups[i]);
      gtk_box_append (GTK_BOX (self->form), group);
    }
}

static void
show_values (CptRecordView *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      /* What waits to be saved is the person's. */
      if (!g_ptr_array_find (self->waiting, editor, NULL))
        cpt_field_editor_set_value (editor, cpt_record_get (self->record, cpt_field_editor_get_field (editor)));
    }
  apply_rules (self);
}

static void
update_header (CptRecordView *self)
{
  g_autofree char *title = NULL;
  g_autofree char *new_title = NULL;
  gboolean read_only = cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));

  if (self->is_draft)
    /* Translators: the title of a page; %s is a kind of record: "New Deal" */
    new_title = g_strdup_printf (_("New %s"), cpt_entity_get_label (self->entity));
  else
    title = cpt_record_dup_title (self->record);

  cpt_view_set_title (CPT_VIEW (self), self->is_draft ? new_title : title);
  cpt_view_set_subtitle (CPT_VIEW (self), self->is_draft           ? NULL
                                          : self->record->in_trash ? _("In the trash")
                                                                   : cpt_entity_get_label (self->entity));
  gtk_widget_set_visible (self->remove, !self->is_draft && !self->record->in_trash && !read_only);
  gtk_widget_set_visible (self->restore, !self->is_draft && self->record->in_trash && !read_only);
  gtk_widget_set_visible (self->create, self->is_draft && !read_only);
  gtk_widget_set_visible (self->more, !self->is_draft);
  /* To print it or to copy its link changes nothing. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.merge", gtk_widget_get_visible (self->remove));
  cpt_record_plan_update (self);
}

/* Nothing can be saved any more: what is typed can still be read and copied. */
static void
store_damaged_cb (CptRecordView *self)
{
  if (self->record == NULL)
    return;

  show_values (self);
  update_header (self);
}

static void
record_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(CptRecordView) self = CPT_RECORD_VIEW (user_data);
  g_autoptr(CptRecordData) data = NULL;
  g_autoptr(GError) error = NULL;
  gboolean was_in_trash;

  data = cpt_store_finish (CPT_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (data == NULL)
    {
      g_autofree char *description = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (ADW_STATUS_PAGE (self->message), description);
      gtk_widget_set_visible (self->remove, FALSE);
      gtk_widget_set_visible (self->restore, FALSE);
      gtk_widget_set_visible (self->more, FALSE);
      gtk_stack_set_visible_child (GTK_STACK (self->stack), self->message);
      return;
    }

  was_in_trash = self->record != NULL && self->record->in_trash;
  g_clear_pointer (&self->record, cpt_record_unref);
  self->record = cpt_record_ref (data->record);
  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->message)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
  show_values (self);
  if (was_in_trash != self->record->in_trash)
    cpt_record_view_mark_stranded (self);
  cpt_record_view_show_kept (self, data);
  cpt_record_side_show (CPT_RECORD_SIDE (self->side), data);
  update_header (self);
}

static void
read_record (CptRecordView *self)
{
  ReadData *data = g_new0 (ReadData, 1);

  data->entity = g_strdup (self->entity->name);
  data->id = self->id;
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, read_in_worker, data, read_data_free,
                        (GDestroyNotify) cpt_record_data_free, self->cancellable, record_read_cb, g_object_ref (self));
}

/* Anything that was changed may be a record that links here: only a change set
 * of a kind without links to this one is passed over. */
static gboolean
concerns (CptRecordView *self,
          CptChangeSet  *set)
{
  const CptEntity *const *entities;
  guint n_entities;

  if (cpt_change_set_is_truncated (set) || cpt_change_set_has_entity (set, self->entity->name))
    return TRUE;

  entities = cpt_schema_get_entities (self->schema, &n_entities);
  for (guint i = 0; i < n_entities; i++)
    for (guint j = 0; j < entities[i]->n_fields; j++)
      if (g_strcmp0 (entities[i]->fields[j]->target, self->entity->name) == 0 &&
          cpt_change_set_has_entity (set, entities[i]->name))
        return TRUE;

  return FALSE;
}

static void
cpt_record_view_changed (CptView      *view,
                         CptChangeSet *set)
{
  CptRecordView *self = CPT_RECORD_VIEW (view);

  /* The condition of a rule may look at a record behind a link. */
  cpt_record_rules_forget (self->rules);
  if (!self->is_draft && concerns (self, set))
    read_record (self);
  else
    apply_rules (self);
}

/* Leaving */

static void
cpt_record_view_discard (CptView *view)
{
  CPT_RECORD_VIEW (view)->is_done = TRUE;
}

/* The field that can't be saved as it is; NULL when all could be taken */
static CptFieldEditor *
flush_editors (CptRecordView *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (cpt_field_editor_is_typing (editor) && !cpt_field_editor_flush (editor))
        return editor;
    }

  return NULL;
}

static gboolean
cpt_record_view_leave (CptView *view)
{
  CptRecordView *self = CPT_RECORD_VIEW (view);
  CptFieldEditor *editor;
  g_autofree char *body = NULL;

  if (self->is_done || self->is_visiting || self->record == NULL)
    return TRUE;

  editor = flush_editors (self);
  if (editor == NULL && self->waiting->len > 0)
    editor = g_ptr_array_index (self->waiting, 0);
  if (self->is_draft && (self->is_touched || editor != NULL))
    {
      cpt_view_ask_to_discard (view, _("Discard What You Entered?"), _("The new record has not been created yet."));
      return FALSE;
    }
  if (editor == NULL)
    editor = cpt_record_view_find_stranded (self);
  if (editor == NULL)
    return TRUE;

  if (self->record->in_trash)
    /* Translators: %s is the name of a field */
    body = g_strdup_printf (_("This record is in the trash by now: what you typed in the field “%s” is not saved."),
                            cpt_field_get_label (cpt_field_editor_get_field (editor)));
  else
    /* Translators: %s is the name of a field */
    body = g_strdup_printf (_("The value of the field “%s” can’t be saved as it is."),
                            cpt_field_get_label (cpt_field_editor_get_field (editor)));
  cpt_view_ask_to_discard (view, _("Discard What You Typed?"), body);

  return FALSE;
}

/* Whoever makes a record starts to type at once. */
static gboolean
cpt_record_view_grab_focus (GtkWidget *widget)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);

  for (guint i = 0; self->is_draft && !self->is_begun && i < self->editors->len; i++)
    {
      GtkWidget *row = cpt_field_editor_get_row (g_ptr_array_index (self->editors, i));

      if (!cpt_record_group_is_open (row))
        continue;
      self->is_begun = TRUE;
      return gtk_widget_grab_focus (row);
    }

  return GTK_WIDGET_CLASS (cpt_record_view_parent_class)->grab_focus (widget);
}

static void
narrow_changed_cb (CptRecordView *self)
{
  gboolean is_narrow = cpt_view_is_narrow (CPT_VIEW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->columns), !is_narrow);
}

/* Building */

static GtkWidget *
create_header_button (const char *icon,
                      const char *label,
                      const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

static GtkWidget *
create_columns (CptRecordView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  self->side = cpt_record_side_new (cpt_view_get_window (CPT_VIEW (self)), self->schema, self->entity);
  cpt_record_side_take_drops (CPT_RECORD_SIDE (self->side), GTK_WIDGET (self));
  gtk_widget_set_hexpand (self->form, TRUE);
  gtk_widget_set_hexpand (self->side, TRUE);
  gtk_widget_add_css_class (self->columns, "record");
  gtk_box_append (GTK_BOX (self->columns), self->form);
  gtk_box_append (GTK_BOX (self->columns), self->side);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CPT_RECORD_VIEW_MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->columns);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

/* A reading holds its widget, even beyond the window: it ends here. */
static void
cpt_record_view_unroot (GtkWidget *widget)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);

  g_cancellable_cancel (self->cancellable);
  GTK_WIDGET_CLASS (cpt_record_view_parent_class)->unroot (widget);
}

static void
cpt_record_view_dispose (GObject *object)
{
  CptRecordView *self = CPT_RECORD_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->picker, gtk_widget_unparent);
  g_clear_pointer (&self->rules, cpt_record_rules_free);
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->sent, cpt_record_unref);
  g_clear_pointer (&self->company, cpt_record_unref);

  G_OBJECT_CLASS (cpt_record_view_parent_class)->dispose (object);
}

static void
cpt_record_view_finalize (GObject *object)
{
  CptRecordView *self = CPT_RECORD_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_record_view_parent_class)->finalize (object);
}

static void
cpt_record_view_class_init (CptRecordViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpt_record_view_dispose;
  object_class->finalize = cpt_record_view_finalize;
  widget_class->grab_focus = cpt_record_view_grab_focus;
  widget_class->unroot = cpt_record_view_unroot;
  CPT_VIEW_CLASS (klass)->changed = cpt_record_view_changed;
  CPT_VIEW_CLASS (klass)->leave = cpt_record_view_leave;
  CPT_VIEW_CLASS (klass)->discard = cpt_record_view_discard;

  gtk_widget_class_install_action (widget_class, "record.create", NULL, create_action);
  gtk_widget_class_install_action (widget_class, "record.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "record.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "record.note", NULL, note_action);
  cpt_record_more_install_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "record.create", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "record.note", NULL);
}

static void
cpt_record_view_init (CptRecordView *self)
{
  self->cancellable = g_cancellable_new ();
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new ();
}

static CptRecordView *
create_view (CptWindow       *window,
             const CptEntity *entity)
{
  CptRecordView *self = g_object_new (CPT_TYPE_RECORD_VIEW, "window", window, NULL);
  CptSchema *schema = cpt_window_get_schema (window);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->schema = cpt_schema_ref (schema);
  self->entity = cpt_schema_find_entity (schema, entity->name);

  self->remove = create_header_button ("user-trash-symbolic", _("Move to the trash"), "record.delete");
  self->restore = create_header_button ("edit-undo-symbolic", _("Restore from the trash"), "record.restore");
  self->create = gtk_button_new_with_mnemonic (_("C_reate"));
  gtk_widget_add_css_class (self->create, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->create), "record.create");
  gtk_widget_set_visible (self->remove, FALSE);
  gtk_widget_set_visible (self->restore, FALSE);
  gtk_widget_set_visible (self->create, FALSE);
  self->more = cpt_record_more_create_button ();
  cpt_view_pack_end (CPT_VIEW (self), self->create);
  cpt_view_pack_end (CPT_VIEW (self), self->more);
  cpt_view_pack_end (CPT_VIEW (self), self->remove);
  cpt_view_pack_end (CPT_VIEW (self), self->restore);

  self->message = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->message), "edit-find-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->message), _("This record can’t be shown"));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), create_columns (self), "record");
  gtk_stack_add_named (GTK_STACK (self->stack), self->message, "message");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), cpt_record_view_create_kept (self));
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_box_append (GTK_BOX (box), cpt_record_view_create_twins (self));
  cpt_view_set_child (CPT_VIEW (self), box);
  build_form (self);
  self->rules = cpt_record_rules_new (cpt_view_get_store (CPT_VIEW (self)), self->entity, self->editors, peek_for_rules,
                                      G_CALLBACK (rules_settled_cb), self);

  g_signal_connect_object (cpt_view_get_store (CPT_VIEW (self)), "damaged", G_CALLBACK (store_damaged_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::narrow", G_CALLBACK (narrow_changed_cb), NULL);
  narrow_changed_cb (self);

  return self;
}

CptView *
cpt_record_view_new (CptWindow       *window,
                     const CptEntity *entity,
                     const CptUuid   *id)
{
  CptRecordView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (entity != NULL && id != NULL, NULL);

  self = create_view (window, entity);
  self->id = *id;
  read_record (self);

  return CPT_VIEW (self);
}

/* Its title is shown where the draft links to it. */
static void
expect_company (CptRecordView *self,
                CptRecord     *company)
{
  g_autofree char *title = cpt_record_dup_title (company);

  self->company = cpt_record_copy (company);
  self->is_touched = TRUE;
  for (guint i = 0; i < self->editors->len; i++)
    cpt_field_editor_expect (g_ptr_array_index (self->editors, i), &company->id, title);
}

CptView *
cpt_record_view_new_draft (CptWindow *window,
                           CptRecord *draft,
                           CptRecord *company)
{
  CptRecordView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  self = create_view (window, cpt_record_get_entity (draft));
  self->is_draft = TRUE;
  self->record = cpt_record_copy (draft);
  if (company != NULL)
    expect_company (self, company);
  gtk_widget_set_visible (self->side, FALSE);
  show_values (self);
  update_header (self);
  /* What somebody else has filled in may be there already. */
  if (company != NULL)
    cpt_record_view_look_for_twins (self);

  return CPT_VIEW (self);
}
