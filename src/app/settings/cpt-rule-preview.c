/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule in words, below the form in which it is put together. Only the last
 * one that was tried is shown. */
#include "config.h"

#include "cpt-rule-preview.h"

#include <glib/gi18n-lib.h>

#include "cpt-rules-report.h"

struct _CptRulePreview
{
  GtkWidget parent_instance;

  CptStore *store;
  GCancellable *cancellable; /* (nullable): of the reading that goes on */
  char *sentence;            /* (nullable) */

  /* Borrowed from GTK */
  GtkLabel *title;
  GtkLabel *detail;
};

G_DEFINE_FINAL_TYPE (CptRulePreview, cpt_rule_preview, GTK_TYPE_WIDGET)

static void
set_label (GtkLabel   *label,
           const char *text,
           const char *css_class)
{
  static const char *const classes[] = { "error", "warning", "dim-label" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (label), classes[i]);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static void
stop (CptRulePreview *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sentence, g_free);
}

/* Trying */

static void
trial_free (gpointer data)
{
  cpt_rule_trial_clear (data);
  g_free (data);
}

static gpointer
run_try (CptDatabase   *database,
         gpointer       user_data,
         GCancellable  *cancellable,
         GError       **error)
{
  CptRuleTrial *trial = g_new0 (CptRuleTrial, 1);

  if (cpt_rule_try (user_data, database, trial, error))
    return trial;

  trial_free (trial);

  return NULL;
}

static char *
dup_unmet (guint64 n_unmet)
{
  if (n_unmet == 0)
    return g_strdup (_("All records that are there meet it."));

  return g_strdup_printf (ngettext ("%lu record does not meet it; it stays as it is until it is changed.",
                                    "%lu records do not meet it; they stay as they are until they are changed.",
                                    (gulong) n_unmet),
                          (gulong) n_unmet);
}

static void
show_trial (CptRulePreview     *self,
            const CptRuleTrial *trial)
{
  g_autofree char *unmet = NULL;
  g_autoptr(GString) text = NULL;

  if (trial->problems->len > 0)
    {
      const CptRuleProblem *problem = g_ptr_array_index (trial->problems, 0);

      set_label (self->title, problem->message, "error");
      set_label (self->detail, NULL, NULL);
      return;
    }

  self->sentence = g_strdup (trial->sentence);
  unmet = dup_unmet (trial->n_unmet);
  text = g_string_new (unmet);
  for (guint i = 0; i < trial->warnings->len; i++)
    g_string_append_printf (text, "\n%s", (const char *) g_ptr_array_index (trial->warnings, i));
  set_label (self->title, trial->sentence, NULL);
  set_label (self->detail, text->str, trial->warnings->len > 0 || trial->n_unmet > 0 ? "warning" : "dim-label");
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptRulePreview) self = user_data;
  g_autoptr(GError) error = NULL;
  CptRuleTrial *trial = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (trial == NULL)
    {
      set_label (self->detail, error->message, "error");
      return;
    }

  show_trial (self, trial);
  trial_free (trial);
}

void
cpt_rule_preview_try (CptRulePreview *self,
                      CptRecord      *record)
{
  g_return_if_fail (CPT_IS_RULE_PREVIEW (self));

  stop (self);
  self->cancellable = g_cancellable_new ();
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, run_try, record, (GDestroyNotify) cpt_record_unref, trial_free,
                        self->cancellable, tried_cb, g_object_ref (self));
}

void
cpt_rule_preview_ask (CptRulePreview *self,
                      const char     *message)
{
  g_return_if_fail (CPT_IS_RULE_PREVIEW (self));

  stop (self);
  set_label (self->title, message, "dim-label");
  set_label (self->detail, NULL, NULL);
}

void
cpt_rule_preview_refuse (CptRulePreview *self,
                         const char     *message)
{
  g_return_if_fail (CPT_IS_RULE_PREVIEW (self));

  stop (self);
  set_label (self->title, message, "error");
  set_label (self->detail, NULL, NULL);
}

const char *
cpt_rule_preview_get_sentence (CptRulePreview *self)
{
  g_return_val_if_fail (CPT_IS_RULE_PREVIEW (self), NULL);

  return self->sentence;
}

/* The object */

static void
cpt_rule_preview_dispose (GObject *object)
{
  CptRulePreview *self = CPT_RULE_PREVIEW (object);
  GtkWidget *child;

  stop (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_rule_preview_parent_class)->dispose (object);
}

static void
cpt_rule_preview_class_init (CptRulePreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_rule_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static GtkLabel *
add_label (CptRulePreview *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return GTK_LABEL (label);
}

static void
cpt_rule_preview_init (CptRulePreview *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "rule-preview");
  self->title = add_label (self);
  self->detail = add_label (self);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
}

GtkWidget *
cpt_rule_preview_new (CptStore *store)
{
  CptRulePreview *self = g_object_new (CPT_TYPE_RULE_PREVIEW, NULL);

  self->store = g_object_ref (store);

  return GTK_WIDGET (self);
}
