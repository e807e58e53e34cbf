/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the lines of the palette come from. Commands are what the main menu, the
 * menus of the page that is shown and the table of keys have, so that the palette
 * knows whatever they know; those that can't be used now are left out. */
#include "config.h"

#include "cpt-palette-sources.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-saved-view.h"
#include "cpt-shortcuts.h"
#include "cpt-window-private.h"

#define MAX_SAVED 200

/* ------------------------------------------------------------------ commands */

typedef struct
{
  CptWindow *window;
  GPtrArray *items;
  GHashTable *actions; /* detailed names that are there already */
  const char *menu;    /* (nullable): what the menu is called whose items are read */
} Known;

/* Whether the page that is shown can do it */
static gboolean
is_of_view (CptWindow  *window,
            const char *name)
{
  CptView *view = cpt_window_get_view (window);
  const GVariantType *type;
  const char *known, *property;
  GType owner;

  if (view == NULL)
    return FALSE;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (view), i, &owner, &known, &type, &property); i++)
    if (strcmp (known, name) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_enabled (CptWindow  *window,
            const char *name)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));

  if (g_str_has_prefix (name, "win."))
    return g_action_group_get_action_enabled (G_ACTION_GROUP (window), name + strlen ("win."));
  if (g_str_has_prefix (name, "app."))
    return g_action_group_get_action_enabled (G_ACTION_GROUP (application), name + strlen ("app."));

  return g_str_has_prefix (name, "window.") || is_of_view (window, name);
}

/* Without the mark of the letter to press */
static char *
strip_mnemonic (const char *label)
{
  GString *text = g_string_new (NULL);

  for (const char *p = label; *p != '\0'; p++)
    {
      if (*p == '_' && p[1] != '\0')
        p++;
      g_string_append_c (text, *p);
    }

  return g_string_free (text, FALSE);
}

static char *
dup_keys (CptWindow  *window,
          const char *action)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  g_auto(GStrv) accels = gtk_application_get_accels_for_action (application, action);
  GdkModifierType modifiers;
  guint key;

  if (accels[0] == NULL || !gtk_accelerator_parse (accels[0], &key, &modifiers))
    return NULL;

  return gtk_accelerator_get_label (key, modifiers);
}

static void
add_command (Known      *known,
             const char *label,
             const char *action)
{
  g_autofree char *name = NULL;
  g_autofree char *title = strip_mnemonic (label);
  g_autofree char *key = g_strconcat ("action:", action, NULL);
  g_autoptr(GVariant) target = NULL;
  CptPaletteItem *item;

  if (g_str_has_prefix (action, "win.place") || strcmp (action, "win.palette") == 0 ||
      !g_action_parse_detailed_name (action, &name, &target, NULL) || !is_enabled (known->window, name) ||
      !g_hash_table_add (known->actions, g_strdup (action)))
    return;

  item = cpt_palette_item_new (CPT_PALETTE_COMMAND, key, title, "system-run-symbolic");
  item->hint = dup_keys (known->window, action);
  g_ptr_array_add (known->items, item);
}

static void
add_menu (Known      *known,
          GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };
      g_autofree char *label = NULL;
      g_autofree char *action = NULL;
      g_autofree char *detailed = NULL;
      g_autoptr(GVariant) target = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (links); j++)
        {
          g_autoptr(GMenuModel) below = g_menu_model_get_item_link (menu, i, links[j]);

          if (below != NULL)
            add_menu (known, below);
        }

      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label) ||
          !g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        continue;

      target = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
      detailed = g_action_print_detailed_name (action, target);
      if (target != NULL && known->menu != NULL)
        {
          /* Translators: a command: what a menu is called, and what is chosen from it: "Group by: Stage" */
          g_autofree char *whole = g_strdup_printf (C_("command", "%s: %s"), known->menu, label);

          add_command (known, whole, detailed);
        }
      else
        {
          add_command (known, label, detailed);
        }
    }
}

/* The menus of the page that is shown: what a person could open with the pointer */
static void
add_menus_below (Known     *known,
                 GtkWidget *widget)
{
  GMenuModel *menu = NULL;

  if (!gtk_widget_get_mapped (widget) || widget == GTK_WIDGET (known->window->menu))
    return;

  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_is_sensitive (widget))
    menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget));
  if (menu != NULL)
    {
      const char *label = gtk_menu_button_get_label (GTK_MENU_BUTTON (widget));

      known->menu = label != NULL ? label : gtk_widget_get_tooltip_text (widget);
      add_menu (known, menu);
      known->menu = NULL;
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    add_menus_below (known, child);
}

static void
shortcut_cb (const CptShortcut *shortcut,
             gpointer           user_data)
{
  if (shortcut->action != NULL)
    add_command (user_data, _(shortcut->label), shortcut->action);
}

static void
add_new_records (Known *known)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_window_get_schema (known->window), &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      g_autofree char *action = g_strconcat ("win.new-record::", entities[i]->name, NULL);
      g_autofree char *label = NULL;

      if ((entities[i]->flags & CPT_ENTITY_SYSTEM) != 0)
        continue;

      /* Translators: a command; %s is a kind of record: "New: Contact" */
      label = g_strdup_printf (C_("command", "New: %s"), cpt_entity_get_label (entities[i]));
      add_command (known, label, action);
    }
}

static void
add_places (Known *known)
{
  const CptPlace *places = known->window->routes->places;

  for (guint i = 0; i < known->window->routes->n_places; i++)
    {
      g_autofree char *key = g_strconcat ("place:", places[i].name, NULL);
      g_autofree char *action = g_strconcat ("win.place::", places[i].name, NULL);
      CptPaletteItem *item = cpt_palette_item_new (CPT_PALETTE_PLACE, key, cpt_place_get_label (&places[i]), places[i].icon);

      item->hint = dup_keys (known->window, action);
      g_ptr_array_add (known->items, item);
    }
}

GPtrArray *
cpt_palette_list_known (CptWindow *window)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_palette_item_free);
  g_autoptr(GHashTable) actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Known known = { window, items, actions, NULL };

  g_return_val_if_fail (CPT_IS_WINDOW (window), items);

  if (cpt_window_get_store (window) != NULL)
    {
      add_places (&known);
      add_new_records (&known);
    }
  add_menu (&known, gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (window->menu)));
  add_menus_below (&known, GTK_WIDGET (window));
  cpt_shortcuts_foreach (shortcut_cb, &known);

  return items;
}

/* ------------------------------------------------------------------- reading */

typedef struct
{
  char **recent;
  CptUuid author; /* nil: nobody in particular */
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_strfreev (job->recent);
  g_free (job);
}

/* A view, a dashboard or a report that is this person's or everybody's */
static gboolean
is_mine (const ReadJob   *job,
         const CptRecord *record)
{
  const CptValue *owner = cpt_record_get_named (record, "owner");

  return owner->type != CPT_VALUE_ID || cpt_uuid_is_nil (&job->author) || cpt_uuid_equal (&owner->id, &job->author) ||
         cpt_record_get_integer (record, "is_shared") != 0;
}

static CptPaletteItem *
create_saved (CptSchema       *schema,
              const CptRecord *record)
{
  g_autofree char *id = cpt_uuid_dup_text (&record->id);
  g_autofree char *title = cpt_record_dup_title (record);
  g_autofree char *key = NULL;
  g_autofree char *form = NULL;
  const CptEntity *listed;
  const char *definition;
  gboolean is_list;
  CptPaletteItem *item;

  if (strcmp (record->entity->name, "report") == 0 && cpt_record_get_integer (record, "is_template") != 0)
    return NULL;
  if (strcmp (record->entity->name, "dashboard") == 0 || strcmp (record->entity->name, "report") == 0)
    {
      key = g_strdup_printf ("%s:%s", record->entity->name, id);
      item = cpt_palette_item_new (CPT_PALETTE_DASHBOARD, key, title, record->entity->icon);
      item->hint = g_strdup (cpt_entity_get_label (record->entity));
      return item;
    }

  listed = cpt_schema_find_entity (schema, cpt_record_get_text (record, "entity_name"));
  definition = cpt_record_get_text (record, "definition");
  form = listed != NULL && definition != NULL ? cpt_saved_view_dup_form (definition) : NULL;
  if (form == NULL)
    return NULL;

  is_list = strcmp (form, "list") == 0;
  key = g_strdup_printf ("view:%s:%s%s%s", listed->name, id, is_list ? "" : ":", is_list ? "" : form);
  item = cpt_palette_item_new (CPT_PALETTE_VIEW, key, title, listed->icon);
  /* Translators: a saved view of a list, board or calendar; %s is "Contacts" */
  item->hint = g_strdup_printf (C_("palette", "View of %s"), cpt_entity_get_label_plural (listed));

  return item;
}

static gboolean
read_saved (CptDatabase    *database,
            const ReadJob  *job,
            const char     *name,
            GPtrArray      *items,
            GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, name);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(GPtrArray) records = NULL;

  if (!cpt_query_set_sort (query, "position,name", error))
    return FALSE;
  records = cpt_query_load_records (query, database, MAX_SAVED, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      CptPaletteItem *item = is_mine (job, record) ? create_saved (schema, record) : NULL;

      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  return records != NULL;
}

/* "record:contact:IDENTIFIER"; what is not here any more is left out */
static void
read_recent (CptDatabase *database,
             const char  *key,
             GPtrArray   *items)
{
  g_auto(GStrv) parts = g_strsplit (key, ":", 3);
  const CptEntity *entity;
  g_autofree char *title = NULL;
  CptPaletteItem *item;
  CptUuid id;

  if (g_strv_length (parts) != 3 || strcmp (parts[0], "record") != 0 || !cpt_uuid_parse (parts[2], &id))
    return;

  entity = cpt_schema_find_entity (cpt_database_get_schema (database), parts[1]);
  title = entity != NULL ? cpt_database_dup_title (database, entity, &id) : NULL;
  if (title == NULL)
    return;

  item = cpt_palette_item_new (CPT_PALETTE_RECORD, key, title, entity->icon);
  item->hint = g_strdup (cpt_entity_get_label (entity));
  g_ptr_array_add (items, item);
}

static gpointer
run_read (CptDatabase   *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const ReadJob *job = data;
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_palette_item_free);

  if (!read_saved (database, job, "saved_view", items, error) || !read_saved (database, job, "dashboard", items, error) ||
      !read_saved (database, job, "report", items, error))
    return NULL;
  for (guint i = 0; job->recent[i] != NULL; i++)
    read_recent (database, job->recent[i], items);

  return g_steal_pointer (&items);
}

void
cpt_palette_read_async (CptWindow           *window,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  CptStore *store = cpt_window_get_store (window);
  ReadJob *job = g_new0 (ReadJob, 1);

  g_return_if_fail (CPT_IS_STORE (store));

  job->recent = cpt_window_list_recent (window);
  if (cpt_store_get_author (store) != NULL)
    job->author = *cpt_store_get_author (store);
  cpt_store_read_async (store, G_PRIORITY_HIGH, run_read, job, read_job_free, (GDestroyNotify) g_ptr_array_unref,
                        cancellable, callback, user_data);
}

/* ----------------------------------------------------------------- searching */

typedef struct
{
  char *text;
  guint limit;
} SearchJob;

static void
search_job_free (gpointer data)
{
  SearchJob *job = data;

  g_free (job->text);
  g_free (job);
}

static gpointer
run_search (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const SearchJob *job = data;
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_palette_item_free);
  g_autoptr(GPtrArray) hits = cpt_search (database, job->text, NULL, job->limit, error);

  /* Perhaps it was not written as it is spelt. */
  if (hits != NULL && hits->len == 0)
    {
      g_clear_pointer (&hits, g_ptr_array_unref);
      hits = cpt_search_alike (database, job->text, job->limit, error);
    }
  if (hits == NULL)
    return NULL;

  for (guint i = 0; i < hits->len; i++)
    {
      CptPaletteItem *item = cpt_palette_item_new_hit (g_ptr_array_index (hits, i));

      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  return g_steal_pointer (&items);
}

void
cpt_palette_search_async (CptWindow           *window,
                          const char          *text,
                          guint                limit,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  SearchJob *job = g_new0 (SearchJob, 1);

  g_return_if_fail (CPT_IS_STORE (cpt_window_get_store (window)));

  job->text = g_strdup (text);
  job->limit = limit;
  cpt_store_read_async (cpt_window_get_store (window), G_PRIORITY_HIGH, run_search, job, search_job_free,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}
