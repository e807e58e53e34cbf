/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of the settings have in common: they read their records again
 * after each change of one, and build their rows anew. */
#include "config.h"

#include "cpt-settings-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-drag-scroll.h"

#define MAX_WIDTH 720

typedef struct
{
  CptWindow *window; /* (nullable): weak */
  GCancellable *cancellable;
  GCancellable *reading; /* (nullable): what is read now; the last one counts */
  CptSettingsData *data; /* (nullable) */
  guint n_commits;       /* that are on their way: what is read meanwhile is not shown */
  gboolean is_begun;     /* something has been shown */
  GPtrArray *lists;      /* (element-type CptOrderList): borrowed from the box */
  char *wanted;          /* (nullable): where the keyboard is to be: see dup_focus() */
  double scroll;         /* how far down; once the rows have their sizes */
  guint n_frames;        /* since they were made */

  /* Borrowed from GTK */
  GtkWidget *scroller;
  GtkWidget *box;
} CptSettingsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CptSettingsPage, cpt_settings_page, ADW_TYPE_BIN)

static CptSettingsPagePrivate *
get_private (CptSettingsPage *self)
{
  return cpt_settings_page_get_instance_private (self);
}

CptWindow *
cpt_settings_page_get_window (CptSettingsPage *self)
{
  CptSettingsPagePrivate *priv = get_private (self);

  g_return_val_if_fail (CPT_IS_SETTINGS_PAGE (self), NULL);

  return priv->window != NULL && cpt_window_get_store (priv->window) != NULL ? priv->window : NULL;
}

void
cpt_settings_page_set_window (CptSettingsPage *self,
                              CptWindow       *window)
{
  g_return_if_fail (CPT_IS_SETTINGS_PAGE (self));

  g_set_weak_pointer (&get_private (self)->window, window);
}

const CptSettingsData *
cpt_settings_page_get_data (CptSettingsPage *self)
{
  g_return_val_if_fail (CPT_IS_SETTINGS_PAGE (self), NULL);

  return get_private (self)->data;
}

gboolean
cpt_settings_page_is_writable (CptSettingsPage *self)
{
  CptWindow *window = cpt_settings_page_get_window (self);

  return window != NULL && !cpt_store_is_read_only (cpt_window_get_store (window));
}

GCancellable *
cpt_settings_page_get_cancellable (CptSettingsPage *self)
{
  g_return_val_if_fail (CPT_IS_SETTINGS_PAGE (self), NULL);

  return get_private (self)->cancellable;
}

static GtkAdjustment *
get_adjustment (CptSettingsPage *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (get_private (self)->scroller));
}

/* (nullable): where the keyboard is: the number of the list, and what
 * cpt_order_list_dup_focus() says: "1 0 lead/2" */
static char *
dup_focus (CptSettingsPage *self)
{
  CptSettingsPagePrivate *priv = get_private (self);
  char *where = NULL;

  for (guint i = 0; where == NULL && i < priv->lists->len; i++)
    {
      g_autofree char *in_list = cpt_order_list_dup_focus (g_ptr_array_index (priv->lists, i));

      if (in_list != NULL)
        where = g_strdup_printf ("%u %s", i, in_list);
    }

  return where;
}

void
cpt_settings_page_want_focus (CptSettingsPage *self,
                              const char      *key)
{
  g_return_if_fail (CPT_IS_SETTINGS_PAGE (self));
  g_return_if_fail (key != NULL);

  g_free (get_private (self)->wanted);
  get_private (self)->wanted = g_strdup_printf ("0 0 %s", key);
}

void
cpt_settings_page_take_over (CptSettingsPage *self,
                             CptSettingsPage *other)
{
  CptSettingsPagePrivate *priv = get_private (self);
  const CptSettingsPagePrivate *from = get_private (other);

  g_return_if_fail (CPT_IS_SETTINGS_PAGE (self));
  g_return_if_fail (CPT_IS_SETTINGS_PAGE (other));

  g_free (priv->wanted);
  priv->wanted = from->wanted != NULL ? g_strdup (from->wanted) : dup_focus (other);
  priv->scroll = gtk_adjustment_get_value (get_adjustment (other));
}

static gboolean
has_focus (CptSettingsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* To the row that was wanted, or to the one that took its place */
static void
give_focus (CptSettingsPage *self)
{
  CptSettingsPagePrivate *priv = get_private (self);
  g_autofree char *wanted = g_steal_pointer (&priv->wanted);
  char *where = NULL;
  guint64 number = wanted != NULL ? g_ascii_strtoull (wanted, &where, 10) : 0;

  if (where == NULL || *where != ' ')
    return;

  for (guint i = 0; i < priv->lists->len; i++)
    if (cpt_order_list_focus (g_ptr_array_index (priv->lists, i), where + 1))
      return;
  if (number < priv->lists->len)
    cpt_order_list_focus_near (g_ptr_array_index (priv->lists, number), where + 1);
}

/* New rows have their sizes after the first frame. What has the keyboard stays
 * in sight. */
static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  CptSettingsPage *self = CPT_SETTINGS_PAGE (widget);
  CptSettingsPagePrivate *priv = get_private (self);
  GtkAdjustment *adjustment = get_adjustment (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;

  if (priv->n_frames++ == 0)
    return G_SOURCE_CONTINUE;

  gtk_adjustment_set_value (adjustment, priv->scroll);
  if (focus != NULL && gtk_widget_is_ancestor (focus, priv->box) && gtk_widget_compute_bounds (focus, priv->box, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);

  return G_SOURCE_REMOVE;
}

static void
keep_scroll (CptSettingsPage *self)
{
  CptSettingsPagePrivate *priv = get_private (self);

  if (priv->is_begun)
    priv->scroll = gtk_adjustment_get_value (get_adjustment (self));
  priv->n_frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

static void
show (CptSettingsPage *self)
{
  CptSettingsPagePrivate *priv = get_private (self);
  GtkWidget *child;

  if (priv->wanted == NULL)
    priv->wanted = dup_focus (self);
  keep_scroll (self);
  g_ptr_array_set_size (priv->lists, 0);
  while ((child = gtk_widget_get_first_child (priv->box)) != NULL)
    gtk_box_remove (GTK_BOX (priv->box), child);
  CPT_SETTINGS_PAGE_GET_CLASS (self)->show (self);

  give_focus (self);
  if (!priv->is_begun && !has_focus (self) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (priv->box, GTK_DIR_TAB_FORWARD);
  priv->is_begun = TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptSettingsPage) self = user_data;
  CptSettingsPagePrivate *priv = get_private (self);
  g_autoptr(GError) error = NULL;
  CptSettingsData *data = cpt_settings_data_read_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || cpt_settings_page_get_window (self) == NULL ||
      priv->n_commits > 0)
    {
      cpt_settings_data_free (data);
      return;
    }
  if (data == NULL)
    {
      cpt_window_show_error (priv->window, error);
      return;
    }

  g_clear_pointer (&priv->data, cpt_settings_data_free);
  priv->data = data;
  show (self);
}

void
cpt_settings_page_read (CptSettingsPage *self)
{
  CptSettingsPagePrivate *priv = get_private (self);

  g_return_if_fail (CPT_IS_SETTINGS_PAGE (self));

  if (cpt_settings_page_get_window (self) == NULL)
    return;

  g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
  priv->reading = g_cancellable_new ();
  cpt_settings_data_read_async (cpt_window_get_store (priv->window), CPT_SETTINGS_PAGE_GET_CLASS (self)->source,
                                priv->reading, read_cb, g_object_ref (self));
}

void
cpt_settings_page_changed (CptSettingsPage *self,
                           CptChangeSet    *set)
{
  const char *const *kinds = CPT_SETTINGS_PAGE_GET_CLASS (self)->source->kinds;

  for (guint i = 0; kinds[i] != NULL; i++)
    if (cpt_change_set_is_truncated (set) || cpt_change_set_has_entity (set, kinds[i]))
      {
        cpt_settings_page_read (self);
        return;
      }
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptSettingsPage) self = user_data;
  g_autoptr(GError) error = NULL;

  get_private (self)->n_commits--;
  if (!cpt_window_commit_finish (CPT_WINDOW (source), result, NULL, &error))
    cpt_window_show_error (CPT_WINDOW (source), error);
  cpt_settings_page_read (self);
}

void
cpt_settings_page_commit (CptSettingsPage *self,
                          CptTransaction  *transaction,
                          const char      *toast)
{
  g_return_if_fail (CPT_IS_SETTINGS_PAGE (self));

  if (cpt_settings_page_is_writable (self))
    {
      get_private (self)->n_commits++;
      cpt_window_commit (get_private (self)->window, transaction, toast, NULL, committed_cb, g_object_ref (self));
      return;
    }

  cpt_transaction_free (transaction);
  cpt_settings_page_read (self);
}

void
cpt_settings_page_delete (CptSettingsPage *self,
                          const char      *key,
                          const char      *toast)
{
  const CptRecord *record = cpt_settings_data_find (cpt_settings_page_get_data (self), key);
  CptTransaction *transaction;

  if (record == NULL)
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_delete (transaction, record->entity, &record->id);
  cpt_settings_page_commit (self, transaction, toast);
}

void
cpt_settings_page_switch (CptSettingsPage *self,
                          GtkSwitch       *toggle,
                          const char      *on,
                          const char      *off)
{
  const char *key = gtk_widget_get_name (GTK_WIDGET (toggle));
  const CptRecord *record = cpt_settings_data_find (cpt_settings_page_get_data (self), key);
  gboolean is_active = gtk_switch_get_active (toggle);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptTransaction *transaction;

  if (record == NULL)
    return;

  /* The pointer alone would leave the keyboard where it was. */
  gtk_widget_grab_focus (GTK_WIDGET (toggle));
  cpt_value_set_integer (&value, is_active ? 1 : 0);
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_set (transaction, record->entity, &record->id, cpt_entity_find_field (record->entity, "is_active"), &value);
  cpt_settings_page_commit (self, transaction, is_active ? on : off);
}

GtkWidget *
cpt_settings_page_create_switch (CptSettingsPage *self,
                                 const CptRecord *record,
                                 GCallback        switched)
{
  GtkWidget *toggle = gtk_switch_new ();
  g_autofree char *key = cpt_uuid_dup_text (&record->id);
  g_autofree char *title = cpt_record_dup_title (record);
  /* Translators: %s is the name of a rule, an alert or a schedule */
  g_autofree char *label = g_strdup_printf (_("“%s” in force"), title);

  gtk_widget_set_name (toggle, key);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (toggle, cpt_settings_page_is_writable (self));
  gtk_switch_set_active (GTK_SWITCH (toggle), cpt_record_get_integer (record, "is_active") != 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (toggle, "notify::active", switched, self, 0);

  return toggle;
}

CptRecord *
cpt_settings_page_create_record (CptSettingsPage *self,
                                 const char      *entity)
{
  const CptSettingsData *data = cpt_settings_page_get_data (self);
  CptWindow *window = cpt_settings_page_get_window (self);
  CptRecord *record;
  CptStore *store;

  if (window == NULL || data == NULL)
    return NULL;

  store = cpt_window_get_store (window);
  record = cpt_record_new (data->schema, cpt_schema_find_entity (data->schema, entity));
  cpt_record_apply_initial (record, cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_author (store),
                            cpt_store_get_zone (store));

  return record;
}

/* Building */

GtkWidget *
cpt_settings_page_add_group (CptSettingsPage *self,
                             const char      *title,
                             const char      *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  g_return_val_if_fail (CPT_IS_SETTINGS_PAGE (self), NULL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (get_private (self)->box), group);

  return group;
}

CptOrderList *
cpt_settings_page_add_list (CptSettingsPage *self,
                            GtkWidget       *group,
                            const char      *label)
{
  GtkWidget *list = cpt_order_list_new (label);

  g_return_val_if_fail (CPT_IS_SETTINGS_PAGE (self), NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  g_ptr_array_add (get_private (self)->lists, list);

  return CPT_ORDER_LIST (list);
}

GtkWidget *
cpt_settings_page_create_row (const char *title,
                              const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static void
moved_cb (CptOrderList    *list,
          guint            from,
          guint            to,
          CptSettingsPage *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, _("Change order"));

  for (guint i = 0; i < cpt_order_list_get_length (list); i++)
    {
      const CptRecord *record = cpt_settings_data_find (get_private (self)->data, cpt_order_list_get_key (list, i));
      g_auto(CptValue) position = CPT_VALUE_INIT;

      cpt_value_set_integer (&position, i + 1);
      /* All of them: what was read may be older than the last move. */
      if (record != NULL)
        cpt_transaction_set (transaction, record->entity, &record->id, cpt_entity_find_field (record->entity, "position"),
                             &position);
    }

  cpt_settings_page_commit (self, transaction, _("Order changed"));
}

void
cpt_settings_page_keep_order (CptSettingsPage *self,
                              CptOrderList    *list)
{
  g_return_if_fail (CPT_IS_SETTINGS_PAGE (self));
  g_return_if_fail (CPT_IS_ORDER_LIST (list));

  g_signal_connect_object (list, "moved", G_CALLBACK (moved_cb), self, 0);
}

void
cpt_settings_page_add_adding (CptSettingsPage *self,
                              CptOrderList    *list,
                              const char      *title,
                              GCallback        activated)
{
  GtkWidget *row;

  g_return_if_fail (CPT_IS_SETTINGS_PAGE (self));

  row = cpt_settings_page_create_row (title, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_widget_set_visible (row, cpt_settings_page_is_writable (self));
  g_signal_connect_object (row, "activated", activated, self, 0);
  cpt_order_list_append (list, row, NULL);
}

/* The object */

static void
cpt_settings_page_dispose (GObject *object)
{
  CptSettingsPagePrivate *priv = get_private (CPT_SETTINGS_PAGE (object));

  g_cancellable_cancel (priv->cancellable);
  g_cancellable_cancel (priv->reading);
  /* Nothing is read any more. */
  g_clear_weak_pointer (&priv->window);

  G_OBJECT_CLASS (cpt_settings_page_parent_class)->dispose (object);
}

static void
cpt_settings_page_finalize (GObject *object)
{
  CptSettingsPagePrivate *priv = get_private (CPT_SETTINGS_PAGE (object));

  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->reading);
  g_clear_pointer (&priv->data, cpt_settings_data_free);
  g_clear_pointer (&priv->lists, g_ptr_array_unref);
  g_clear_pointer (&priv->wanted, g_free);

  G_OBJECT_CLASS (cpt_settings_page_parent_class)->finalize (object);
}

static void
cpt_settings_page_class_init (CptSettingsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_settings_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_settings_page_finalize;
}

static void
cpt_settings_page_init (CptSettingsPage *self)
{
  CptSettingsPagePrivate *priv = get_private (self);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  priv->cancellable = g_cancellable_new ();
  priv->lists = g_ptr_array_new ();
  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_add_css_class (priv->box, "settings-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), priv->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  priv->scroller = scroller;
  cpt_drag_scroll_add (scroller);
  /* The keyboard comes to the rows when they are there. */
  gtk_widget_set_focusable (scroller, FALSE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}
