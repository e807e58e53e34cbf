/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Settings that are lists: branches, each a form of its own, and the records that a step creates, each
 * with its values. A branch keeps its id, which connections name, wherever it is moved.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-form-rows.h"
#include "cpt-json.h"
#include "cpt-node-input-private.h"
#include "cpt-node-values.h"

#define SPACING 18
#define WHOLE 100

/* ------------------------------------------------------------ what a branch is made of */

static const CptWorkflowSetting decided[] = {
  { "label", N_("Name"), CPT_WORKFLOW_SETTING_TEXT, FALSE },
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, TRUE },
  { NULL },
};
static const CptWorkflowSetting variant[] = {
  { "label", N_("Name"), CPT_WORKFLOW_SETTING_TEXT, FALSE },
  { "weight", N_("Share in %"), CPT_WORKFLOW_SETTING_TEXT, TRUE },
  { NULL },
};
static const CptWorkflowSetting awaited[] = {
  { "label", N_("Name"), CPT_WORKFLOW_SETTING_TEXT, FALSE },
  { "entity", N_("What happens to"), CPT_WORKFLOW_SETTING_ENTITY, FALSE },
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, FALSE },
  { NULL },
};

static gboolean
is_split (CptNodeInput *input)
{
  return input->context->kind != NULL && strcmp (input->context->kind->name, "split") == 0;
}

static const CptWorkflowSetting *
find_settings (CptNodeInput *input)
{
  if (is_split (input))
    return variant;

  return input->context->kind == NULL || input->context->kind->group == CPT_WORKFLOW_WAIT ? awaited : decided;
}

static gboolean
is_records (CptNodeInput *input)
{
  return input->type == &cpt_node_records;
}

/* (transfer none): the items are the children of a box */
static GtkWidget *
get_first (CptNodeInput *input)
{
  return gtk_widget_get_first_child (input->part);
}

static guint
count (CptNodeInput *input)
{
  guint n_items = 0;

  for (GtkWidget *item = get_first (input); item != NULL; item = gtk_widget_get_next_sibling (item))
    n_items++;

  return n_items;
}

/* (transfer full) */
static JsonNode *
dup_item (GtkWidget *item)
{
  g_autoptr(JsonObject) object = CPT_IS_NODE_VALUES (item) ? cpt_node_values_dup (CPT_NODE_VALUES (item)) : json_object_new ();

  /* A copy: what was said must not change when the form goes on. */
  if (CPT_IS_NODE_FORM (item))
    cpt_json_add_members (object, cpt_node_form_get_object (CPT_NODE_FORM (item)));

  return json_node_init_object (json_node_alloc (), object);
}

/* ------------------------------------------------------------ the buttons of an item */

static GtkWidget *
get_group (GtkWidget *item)
{
  return CPT_IS_NODE_FORM (item) ? cpt_node_form_get_group (CPT_NODE_FORM (item)) : item;
}

static GtkWidget *
get_up (GtkWidget *item)
{
  GtkWidget *suffix = adw_preferences_group_get_header_suffix (ADW_PREFERENCES_GROUP (get_group (item)));
  GtkWidget *first = gtk_widget_get_first_child (suffix);

  /* Values have a button of their own behind the box with these. */
  return GTK_IS_BOX (first) ? gtk_widget_get_first_child (first) : first;
}

static GtkWidget *
get_down (GtkWidget *item)
{
  return gtk_widget_get_next_sibling (get_up (item));
}

static GtkWidget *
find_item (GtkWidget *button)
{
  GtkWidget *values = gtk_widget_get_ancestor (button, CPT_TYPE_NODE_VALUES);

  return values != NULL ? values : gtk_widget_get_ancestor (button, CPT_TYPE_NODE_FORM);
}

/* -------------------------------------------------------------------------- saying */

static gint64
add_up (CptNodeInput *input)
{
  gint64 sum = 0;

  for (GtkWidget *item = get_first (input); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      gint64 weight = 0;

      cpt_json_read_int (cpt_node_form_get_object (CPT_NODE_FORM (item)), "weight", &weight, NULL);
      sum += CLAMP (weight, 0, G_MAXINT32);
    }

  return sum;
}

static char *
dup_title (CptNodeInput *input,
           guint         number)
{
  if (is_records (input))
    /* Translators: one of several that a step creates */
    return g_strdup_printf (_("Record %u"), number);
  if (is_split (input))
    return g_strdup_printf (_("Variant %u"), number);
  if (input->context->kind == NULL)
    return g_strdup_printf (_("Exit %u"), number);

  return g_strdup_printf (_("Branch %u"), number);
}

static void
update (CptNodeInput *input)
{
  guint number = 0;
  gint64 sum = is_split (input) ? add_up (input) : WHOLE;
  g_autofree char *text = NULL;

  for (GtkWidget *item = get_first (input); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      g_autofree char *title = dup_title (input, ++number);

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (get_group (item)), title);
      gtk_widget_set_sensitive (get_up (item), gtk_widget_get_prev_sibling (item) != NULL);
      gtk_widget_set_sensitive (get_down (item), gtk_widget_get_next_sibling (item) != NULL);
    }
  gtk_widget_set_visible (input->part, number > 0);
  if (number > 0 && sum != WHOLE)
    /* Translators: what the shares of all variants add up to, when that is not 100 */
    text = g_strdup_printf (_("Together %d %%: each gets its share of that."), (int) MIN (sum, G_MAXINT));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (input->more), text);
}

static void
say (CptNodeInput *input)
{
  JsonArray *array;
  JsonNode *node = NULL;

  update (input);
  if (count (input) > 0)
    {
      array = json_array_new ();
      for (GtkWidget *item = get_first (input); item != NULL; item = gtk_widget_get_next_sibling (item))
        json_array_add_element (array, dup_item (item));
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, array);
    }
  cpt_node_input_say (input, node);
}

/* -------------------------------------------------------------------- moving, removing */

static void
move (CptNodeInput *input,
      GtkWidget    *button,
      gboolean      is_up)
{
  GtkWidget *item = find_item (button);
  GtkWidget *before = is_up ? gtk_widget_get_prev_sibling (item) : gtk_widget_get_next_sibling (item);

  if (before == NULL)
    return;

  gtk_box_reorder_child_after (GTK_BOX (input->part), item, is_up ? gtk_widget_get_prev_sibling (before) : before);
  say (input);
  /* At the end the button sleeps, and the other one takes the keyboard. */
  if (!gtk_widget_is_sensitive (button))
    gtk_widget_grab_focus (is_up ? get_down (item) : get_up (item));
}

static void
up_cb (CptNodeInput *input,
       GtkWidget    *button)
{
  move (input, button, TRUE);
}

static void
down_cb (CptNodeInput *input,
         GtkWidget    *button)
{
  move (input, button, FALSE);
}

static void
remove_cb (CptNodeInput *input,
           GtkWidget    *button)
{
  GtkWidget *item = find_item (button);

  gtk_box_remove (GTK_BOX (input->part), item);
  say (input);
  gtk_widget_child_focus (input->more, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
create_button (CptNodeInput *input,
               const char   *icon,
               const char   *label,
               GCallback     callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", callback, input, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
create_buttons (CptNodeInput *input)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), create_button (input, "go-up-symbolic", _("Move Up"), G_CALLBACK (up_cb)));
  gtk_box_append (GTK_BOX (box), create_button (input, "go-down-symbolic", _("Move Down"), G_CALLBACK (down_cb)));
  gtk_box_append (GTK_BOX (box), create_button (input, "user-trash-symbolic", _("Remove"), G_CALLBACK (remove_cb)));

  return box;
}

/* -------------------------------------------------------------------------- adding */

static GtkWidget *
append (CptNodeInput *input,
        JsonObject   *object)
{
  GtkWidget *item;

  if (is_records (input))
    {
      item = cpt_node_values_new (input->context);
      cpt_node_values_show (CPT_NODE_VALUES (item), cpt_node_form_find_entity (input->form), object);
      cpt_node_values_set_more (CPT_NODE_VALUES (item), create_buttons (input));
    }
  else
    {
      item = cpt_node_form_new (input->context, find_settings (input), object);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (cpt_node_form_get_group (CPT_NODE_FORM (item))),
                                               create_buttons (input));
    }
  g_signal_connect_object (item, "changed", G_CALLBACK (say), input, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (input->part), item);

  return item;
}

static gboolean
has_id (CptNodeInput *input,
        const char   *id)
{
  for (GtkWidget *item = get_first (input); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      g_autofree char *other = cpt_json_dup_string (cpt_node_form_get_object (CPT_NODE_FORM (item)), "id");

      if (g_strcmp0 (id, other) == 0)
        return TRUE;
    }

  return FALSE;
}

/* No other branch of this node ever had it: what led on from one that was removed must not lead on from this one. */
static JsonObject *
create_branch (CptNodeInput *input)
{
  JsonObject *branch = json_object_new ();
  g_autofree char *id = NULL;
  guint n_items = count (input);
  gint64 rest = is_split (input) ? WHOLE - add_up (input) : 0;

  do
    {
      g_free (id);
      id = g_strdup_printf ("b%08x", g_random_int ());
    }
  while (has_id (input, id));
  json_object_set_string_member (branch, "id", id);
  if (is_split (input) && n_items == 0)
    rest = WHOLE / 2;
  if (is_split (input))
    json_object_set_int_member (branch, "weight", rest > 0 ? rest : WHOLE / (gint64) (n_items + 1));

  return branch;
}

static void
add_cb (CptNodeInput *input)
{
  g_autoptr(JsonObject) object = is_records (input) ? json_object_new () : create_branch (input);
  GtkWidget *item = append (input, object);

  say (input);
  gtk_widget_grab_focus (item);
}

/* ------------------------------------------------------------------------- showing */

static JsonArray *
get_array (CptNodeInput *input)
{
  return input->value != NULL && JSON_NODE_HOLDS_ARRAY (input->value) ? json_node_get_array (input->value) : NULL;
}

static JsonObject *
get_object (JsonArray *array,
            guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Whether the same branches stand there, in the same order: then what is in them is shown anew, no more */
static gboolean
fits (CptNodeInput *input,
      JsonArray    *array)
{
  GtkWidget *item = get_first (input);
  guint length = array != NULL ? json_array_get_length (array) : 0;

  if (count (input) != length)
    return FALSE;

  for (guint i = 0; !is_records (input) && i < length; i++, item = gtk_widget_get_next_sibling (item))
    {
      JsonObject *object = get_object (array, i);
      g_autofree char *id = object != NULL ? cpt_json_dup_string (object, "id") : NULL;
      g_autofree char *shown = cpt_json_dup_string (cpt_node_form_get_object (CPT_NODE_FORM (item)), "id");

      if (g_strcmp0 (id, shown) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
show_item (CptNodeInput *input,
           GtkWidget    *item,
           JsonObject   *object)
{
  if (CPT_IS_NODE_VALUES (item))
    cpt_node_values_show (CPT_NODE_VALUES (item), cpt_node_form_find_entity (input->form), object);
  else if (object != NULL)
    cpt_node_form_set_object (CPT_NODE_FORM (item), object);
}

static void
show_list (CptNodeInput *input)
{
  JsonArray *array = get_array (input);
  guint length = array != NULL ? json_array_get_length (array) : 0;
  GtkWidget *item;

  if (fits (input, array))
    {
      item = get_first (input);
      for (guint i = 0; i < length; i++, item = gtk_widget_get_next_sibling (item))
        show_item (input, item, get_object (array, i));
    }
  else
    {
      while ((item = get_first (input)) != NULL)
        gtk_box_remove (GTK_BOX (input->part), item);
      for (guint i = 0; i < length; i++)
        append (input, get_object (array, i));
    }
  update (input);
}

static void
flush_list (CptNodeInput *input)
{
  for (GtkWidget *item = get_first (input); item != NULL; item = gtk_widget_get_next_sibling (item))
    if (CPT_IS_NODE_VALUES (item))
      cpt_node_values_flush (CPT_NODE_VALUES (item));
    else
      cpt_node_form_flush (CPT_NODE_FORM (item));
}

static const char *
get_adding (CptNodeInput *input)
{
  if (is_records (input))
    return _("Add a Record");
  if (is_split (input))
    return _("Add a Variant");

  return input->context->kind == NULL ? _("Add an Exit") : _("Add a Branch");
}

static GtkWidget *
create_list (CptNodeInput *input)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget *add = create_button (input, "list-add-symbolic", get_adding (input), G_CALLBACK (add_cb));

  input->more = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (input->more), _(input->setting->label));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (input->more), add);
  input->part = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_box_append (GTK_BOX (box), input->more);
  gtk_box_append (GTK_BOX (box), input->part);

  return box;
}

const CptNodeInputType cpt_node_branches = {
  .create = create_list,
  .show = show_list,
  .flush = flush_list,
  .is_group = TRUE,
};

const CptNodeInputType cpt_node_records = {
  .create = create_list,
  .show = show_list,
  .flush = flush_list,
  .is_group = TRUE,
};
