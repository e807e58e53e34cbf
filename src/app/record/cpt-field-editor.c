/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One field, one row. The editor knows the value and when it changes; how it
 * looks is the matter of one of a few families of rows, chosen by kind in the
 * table below. A kind without a family does not compile.
 */

#include "config.h"

#include "cpt-field-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-money.h"
#include "cpt-tooltip.h"

enum
{
  COMMITTED,
  OPEN_LINK,
  TYPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const CptEditorType *const types[] = {
  [CPT_FIELD_TEXT] = &cpt_editor_entry,
  [CPT_FIELD_LONG_TEXT] = &cpt_editor_text_view,
  [CPT_FIELD_INTEGER] = &cpt_editor_entry,
  [CPT_FIELD_DECIMAL] = &cpt_editor_entry,
  [CPT_FIELD_MONEY] = &cpt_editor_entry,
  [CPT_FIELD_PERCENT] = &cpt_editor_entry,
  [CPT_FIELD_BOOLEAN] = &cpt_editor_boolean,
  [CPT_FIELD_DATE] = &cpt_editor_date,
  [CPT_FIELD_DATETIME] = &cpt_editor_date,
  [CPT_FIELD_DURATION] = &cpt_editor_entry,
  [CPT_FIELD_CHOICE] = &cpt_editor_choice,
  [CPT_FIELD_MULTI_CHOICE] = &cpt_editor_choices,
  [CPT_FIELD_TAGS] = &cpt_editor_entry,
  [CPT_FIELD_LINK] = &cpt_editor_link,
  [CPT_FIELD_LINKS] = &cpt_editor_links,
  [CPT_FIELD_EMAIL] = &cpt_editor_entry,
  [CPT_FIELD_PHONE] = &cpt_editor_entry,
  [CPT_FIELD_URL] = &cpt_editor_entry,
  [CPT_FIELD_COUNTRY] = &cpt_editor_entry,
  [CPT_FIELD_ADDRESS] = &cpt_editor_address,
  [CPT_FIELD_IDENTIFIER] = &cpt_editor_entry,
  [CPT_FIELD_JSON] = &cpt_editor_text_view,
  [CPT_FIELD_ATTACHMENT] = &cpt_editor_attachment,
  [CPT_FIELD_RECURRENCE] = &cpt_editor_recurrence,
};

G_STATIC_ASSERT (G_N_ELEMENTS (types) == CPT_N_FIELD_KINDS);

G_DEFINE_FINAL_TYPE (CptFieldEditor, cpt_field_editor, G_TYPE_OBJECT)

/* What a field is for, and where its value comes from */
static char *
dup_help (const CptField *field)
{
  const char *help = field->help == NULL || field->is_custom ? field->help : _(field->help);

  if (field->formula == NULL)
    return g_strdup (help);
  if (help == NULL)
    /* Translators: %s is a formula such as "amount * probability" */
    return g_strdup_printf (_("Worked out as %s"), field->formula);

  return g_strdup_printf ("%s\n%s", help, field->formula);
}

/* The title carries the message, where both the eye and assistive technology
 * look for the name of the field: entry rows have no subtitle. */
static void
update_title (CptFieldEditor *self)
{
  const char *label = cpt_field_get_label (self->field);
  const char *message = self->error != NULL ? self->error : self->notice;
  g_autofree char *help = dup_help (self->field);
  g_autofree char *title = NULL;

  if (message != NULL)
    /* Translators: a field and what is wrong with its value: "E-mail: there is no @" */
    title = g_strdup_printf (C_("field error", "%s: %s"), label, message);
  else if (self->is_required)
    /* Translators: the name of a field that must be filled in */
    title = g_strdup_printf (C_("field that is needed", "%s *"), label);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title != NULL ? title : label);
  cpt_tooltip_set (self->row, message != NULL ? message : help);
  if (self->error != NULL)
    gtk_widget_add_css_class (self->row, "error");
  else
    gtk_widget_remove_css_class (self->row, "error");
  if (self->notice != NULL)
    gtk_widget_add_css_class (self->row, "outside");
  else
    gtk_widget_remove_css_class (self->row, "outside");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID,
                               self->error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
show_value (CptFieldEditor *self)
{
  self->is_showing = TRUE;
  self->type->show (self);
  self->is_showing = FALSE;
}

void
cpt_field_editor_commit (CptFieldEditor *self,
                         CptValue       *value)
{
  g_auto(CptValue) taken = cpt_value_steal (value);
  g_autofree char *message = NULL;

  if (!cpt_field_normalise (self->field, &taken, &message))
    {
      cpt_field_editor_set_error (self, message);
      return;
    }

  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->error, g_free);
  update_title (self);
  if (cpt_value_equal (&taken, &self->value))
    {
      show_value (self);
      return;
    }

  cpt_value_clear (&self->value);
  self->value = cpt_value_steal (&taken);
  show_value (self);
  g_signal_emit (self, signals[COMMITTED], 0);
}

/* People read back what the session writes: the order of a date and the mark
 * of a decimal are those in which they are shown. */
void
cpt_field_editor_init_options (CptStore        *store,
                               CptParseOptions *options)
{
  g_autofree char *date = cpt_date_format (cpt_date_from_ymd (2003, 2, 1));
  g_autofree char *number = cpt_decimal_format_local (15, 1, 1);

  options->currency = cpt_store_get_currency (store);
  options->country = cpt_store_get_country (store);
  options->zone = cpt_store_get_zone (store);
  options->decimal = strchr (number, ',') != NULL ? ',' : '.';
  options->date_order = CPT_DATE_ORDER_DMY;
  if (g_str_has_prefix (date, "02") || g_str_has_prefix (date, "2/"))
    options->date_order = CPT_DATE_ORDER_MDY;
}

/* "1.999" where the point is the decimal mark has a digit too many; it must not
 * become two thousand by a guess. */
static gboolean
is_mark_certain (const char *text,
                 char        decimal)
{
  const char *mark = strchr (text, decimal);

  return mark != NULL && mark == strrchr (text, decimal) && strchr (text, decimal == '.' ? ',' : '.') == NULL;
}

void
cpt_field_editor_announce_typing (CptFieldEditor *self)
{
  if (!self->is_showing && !self->is_read_only)
    g_signal_emit (self, signals[TYPED], 0);
}

void
cpt_field_editor_peek (CptFieldEditor *self,
                       CptValue       *value)
{
  CptParseOptions options = { 0 };

  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));

  cpt_value_copy (&self->value, value);
  if (!GTK_IS_EDITABLE (self->row) || !cpt_field_editor_is_typing (self))
    return;

  cpt_field_editor_init_options (self->store, &options);
  if (!cpt_field_parse (self->field, gtk_editable_get_text (GTK_EDITABLE (self->row)), &options, value, NULL))
    cpt_value_clear (value);
}

gboolean
cpt_field_editor_take_text (CptFieldEditor *self,
                            const char     *text)
{
  CptParseOptions options = { 0 };
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  cpt_field_editor_init_options (self->store, &options);
  if (!cpt_field_parse (self->field, text, &options, &value, &error))
    {
      gboolean is_certain = is_mark_certain (text, options.decimal);

      /* Perhaps it was written as others write it: a point in place of a comma. */
      options.decimal = 0;
      if (is_certain || !cpt_field_parse (self->field, text, &options, &value, NULL))
        {
          cpt_field_editor_set_error (self, error->message);
          return FALSE;
        }
    }

  cpt_field_editor_commit (self, &value);

  return self->error == NULL;
}

gboolean
cpt_field_editor_revert (CptFieldEditor *self)
{
  if (!cpt_field_editor_is_typing (self))
    return FALSE;

  show_value (self);
  g_clear_pointer (&self->notice, g_free);
  cpt_field_editor_set_error (self, NULL);
  update_title (self);
  cpt_field_editor_announce_typing (self);

  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  return cpt_field_editor_revert (user_data) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

void
cpt_field_editor_add_escape (CptFieldEditor *self,
                             GtkWidget      *widget)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut *escape = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                          gtk_callback_action_new (escape_cb, self, NULL));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), escape);
  gtk_widget_add_controller (widget, keys);
}

void
cpt_field_editor_open_link (CptFieldEditor *self,
                            const CptUuid  *id)
{
  g_autofree char *text = cpt_uuid_dup_text (id);

  g_signal_emit (self, signals[OPEN_LINK], 0, self->field->target, text);
}

static void
cpt_field_editor_dispose (GObject *object)
{
  CptFieldEditor *self = CPT_FIELD_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->previews, cpt_file_previews_free);
  g_clear_object (&self->row);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_field_editor_parent_class)->dispose (object);
}

static void
cpt_field_editor_finalize (GObject *object)
{
  CptFieldEditor *self = CPT_FIELD_EDITOR (object);

  cpt_value_clear (&self->value);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->allowed, g_strfreev);
  g_clear_pointer (&self->expected_title, g_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_field_editor_parent_class)->finalize (object);
}

static void
cpt_field_editor_class_init (CptFieldEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_field_editor_dispose;
  object_class->finalize = cpt_field_editor_finalize;

  /**
   * CptFieldEditor::committed:
   *
   * The person made another value.
   */
  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  /**
   * CptFieldEditor::typed:
   *
   * The text in the entry is another one; see cpt_field_editor_peek().
   */
  signals[TYPED] = g_signal_new ("typed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  /**
   * CptFieldEditor::open-link:
   * @entity: name of the entity
   * @id: identifier, as text
   *
   * The person follows a link.
   */
  signals[OPEN_LINK] = g_signal_new ("open-link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
cpt_field_editor_init (CptFieldEditor *self)
{
  self->cancellable = g_cancellable_new ();
}

CptFieldEditor *
cpt_field_editor_new (CptStore       *store,
                      CptSchema      *schema,
                      const CptField *field)
{
  CptFieldEditor *self;

  g_return_val_if_fail (CPT_IS_STORE (store), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (CPT_TYPE_FIELD_EDITOR, NULL);
  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->field = field;
  self->type = types[field->kind];
  self->row = g_object_ref_sink (self->type->create (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  update_title (self);
  show_value (self);

  return self;
}

const CptField *
cpt_field_editor_get_field (CptFieldEditor *self)
{
  g_return_val_if_fail (CPT_IS_FIELD_EDITOR (self), NULL);

  return self->field;
}

GtkWidget *
cpt_field_editor_get_row (CptFieldEditor *self)
{
  g_return_val_if_fail (CPT_IS_FIELD_EDITOR (self), NULL);

  return self->row;
}

const CptValue *
cpt_field_editor_get_value (CptFieldEditor *self)
{
  g_return_val_if_fail (CPT_IS_FIELD_EDITOR (self), NULL);

  return &self->value;
}

static void
replace_value (CptFieldEditor *self,
               const CptValue *value)
{
  cpt_value_clear (&self->value);
  cpt_value_copy (value, &self->value);
}

void
cpt_field_editor_set_value (CptFieldEditor *self,
                            const CptValue *value)
{
  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));
  g_return_if_fail (value != NULL);

  if (cpt_value_equal (value, &self->value))
    return;

  if (cpt_field_editor_is_typing (self))
    {
      g_autofree char *text = NULL;

      replace_value (self, value);
      text = cpt_field_format_local (self->field, &self->value, cpt_store_get_zone (self->store));
      g_free (self->notice);
      /* Translators: the field was changed elsewhere while somebody types here; %s is the new value */
      self->notice = g_strdup_printf (_("changed elsewhere to “%s”; press Escape to use it"), text);
      update_title (self);
      return;
    }

  replace_value (self, value);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->notice, g_free);
  update_title (self);
  show_value (self);
}

void
cpt_field_editor_refuse (CptFieldEditor *self,
                         const CptValue *stored,
                         const char     *message)
{
  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));
  g_return_if_fail (stored != NULL);

  replace_value (self, stored);
  if (self->type->is_typing == NULL)
    show_value (self);
  cpt_field_editor_set_error (self, message);
}

void
cpt_field_editor_reset (CptFieldEditor *self,
                        const CptValue *stored)
{
  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));
  g_return_if_fail (stored != NULL);

  replace_value (self, stored);
  g_clear_pointer (&self->notice, g_free);
  cpt_field_editor_set_error (self, NULL);
  update_title (self);
  show_value (self);
}

void
cpt_field_editor_expect (CptFieldEditor *self,
                         const CptUuid  *id,
                         const char     *title)
{
  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));
  g_return_if_fail ((id != NULL) == (title != NULL));

  self->expected = id != NULL ? *id : (CptUuid){ 0 };
  g_free (self->expected_title);
  self->expected_title = g_strdup (title);
  if (self->value.type == CPT_VALUE_ID)
    show_value (self);
}

gboolean
cpt_field_editor_holds_text (CptFieldEditor *self)
{
  g_return_val_if_fail (CPT_IS_FIELD_EDITOR (self), FALSE);

  return self->type->is_typing != NULL && self->type->is_typing (self);
}

gboolean
cpt_field_editor_is_typing (CptFieldEditor *self)
{
  g_return_val_if_fail (CPT_IS_FIELD_EDITOR (self), FALSE);

  return !self->is_read_only && cpt_field_editor_holds_text (self);
}

void
cpt_field_editor_set_read_only (CptFieldEditor *self,
                                gboolean        read_only)
{
  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));

  self->is_read_only = read_only;
  if (self->type->set_read_only != NULL)
    self->type->set_read_only (self, read_only);
  else
    gtk_widget_set_sensitive (self->row, !read_only);
}

void
cpt_field_editor_set_required (CptFieldEditor *self,
                               gboolean        required)
{
  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));

  required = required && (self->field->flags & CPT_FIELD_REQUIRED) == 0;
  if (required == self->is_required)
    return;

  self->is_required = required;
  update_title (self);
}

gboolean
cpt_field_editor_offers (CptFieldEditor *self,
                         const char     *choice)
{
  if (self->allowed == NULL || g_strv_contains ((const char *const *) self->allowed, choice))
    return TRUE;
  if (self->value.type == CPT_VALUE_TEXTS)
    return g_strv_contains ((const char *const *) self->value.texts, choice);

  return self->value.type == CPT_VALUE_TEXT && strcmp (self->value.text, choice) == 0;
}

void
cpt_field_editor_set_allowed (CptFieldEditor    *self,
                              const char *const *allowed)
{
  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));

  if (self->type->limit == NULL || (allowed == NULL && self->allowed == NULL) ||
      (allowed != NULL && self->allowed != NULL && g_strv_equal (allowed, (const char *const *) self->allowed)))
    return;

  g_strfreev (self->allowed);
  self->allowed = g_strdupv ((char **) allowed);
  self->is_showing = TRUE;
  self->type->limit (self);
  self->type->show (self);
  self->is_showing = FALSE;
}

void
cpt_field_editor_set_error (CptFieldEditor *self,
                            const char     *message)
{
  g_return_if_fail (CPT_IS_FIELD_EDITOR (self));

  if (g_strcmp0 (message, self->error) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (message);
  update_title (self);
}

gboolean
cpt_field_editor_flush (CptFieldEditor *self)
{
  g_return_val_if_fail (CPT_IS_FIELD_EDITOR (self), FALSE);

  if (self->type->take != NULL && !self->type->take (self))
    return FALSE;

  return self->error == NULL;
}
