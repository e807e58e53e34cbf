/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list divided into groups: by which field is remembered with the place, as
 * are the groups that are folded, by the workspace, on this machine. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-list-view-private.h"

static void
remember (CptListView *self)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "group");
  g_autofree char *folded_key = cpt_list_view_dup_state_key (self, "folded");
  g_autofree char *text = cpt_list_view_dup_grouping (self);
  g_autofree char *folded = cpt_query_model_dup_folded (self->model);
  g_autofree char *both = g_strdup_printf ("%s %s", text, folded);

  if (!self->is_place)
    return;

  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), key, text);
  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), folded_key, both);
}

/* (nullable): the groups that were folded when the list was divided so last */
static char *
dup_remembered_folded (CptListView *self,
                       const char  *grouping)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "folded");
  g_autofree char *both = self->is_place ? cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key) : NULL;
  g_auto(GStrv) parts = both != NULL ? g_strsplit (both, " ", 2) : NULL;

  if (parts == NULL || parts[0] == NULL || parts[1] == NULL || strcmp (parts[0], grouping) != 0)
    return NULL;

  return g_strdup (parts[1]);
}

/* What is no grouping any more is forgotten. */
static void
set_grouping (CptListView *self,
              const char  *text)
{
  g_autofree char *folded = NULL;
  CptGrouping grouping;

  if (text == NULL || text[0] == '\0' || !cpt_grouping_parse (self->schema, self->entity, text, &grouping, NULL))
    {
      if (cpt_query_model_get_grouping (self->model) != NULL)
        cpt_query_model_set_grouping (self->model, NULL, NULL);
      return;
    }

  folded = dup_remembered_folded (self, text);
  cpt_query_model_set_grouping (self->model, &grouping, folded);
}

void
cpt_list_view_set_grouping (CptListView *self,
                            const char  *text)
{
  set_grouping (self, text);
  remember (self);
}

char *
cpt_list_view_dup_grouping (CptListView *self)
{
  const CptGrouping *grouping = cpt_query_model_get_grouping (self->model);

  return grouping != NULL ? cpt_grouping_format (grouping) : g_strdup ("");
}

void
cpt_list_view_restore_grouping (CptListView *self)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "group");
  g_autofree char *text = self->is_place ? cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key) : NULL;

  set_grouping (self, text);
  g_signal_connect_object (self->model, "folded", G_CALLBACK (remember), self, G_CONNECT_SWAPPED);
}

gboolean
cpt_list_view_drop_grouping (CptListView  *self,
                             const GError *error)
{
  if (!g_error_matches (error, CPT_ERROR, CPT_ERROR_LIMIT) || cpt_query_model_get_grouping (self->model) == NULL)
    return FALSE;

  cpt_list_view_set_grouping (self, NULL);

  return TRUE;
}

/* --------------------------------------------------------------------- menus */

static void
append_item (GMenu      *menu,
             const char *label,
             const char *grouping)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "list.group", "s", grouping);
  g_menu_append_item (menu, item);
}

static GMenu *
create_bucket_menu (const char *path)
{
  static const struct
  {
    const char *label;
    CptBucket bucket;
  } buckets[] = {
    { NC_("group of records", "_Day"), CPT_BUCKET_DAY },
    { NC_("group of records", "_Week"), CPT_BUCKET_WEEK },
    { NC_("group of records", "_Month"), CPT_BUCKET_MONTH },
    { NC_("group of records", "_Quarter"), CPT_BUCKET_QUARTER },
    { NC_("group of records", "_Year"), CPT_BUCKET_YEAR },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s:%s", path, cpt_bucket_get_name (buckets[i].bucket));

      append_item (menu, g_dpgettext2 (GETTEXT_PACKAGE, "group of records", buckets[i].label), text);
    }

  return menu;
}

/* Also by what is no column; dates by month */
static GMenu *
create_field_menu (CptListView *self)
{
  static const char *const system_fields[] = { "created_at", "changed_at", "created_by", "changed_by" };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < self->entity->n_fields; i++)
    if ((self->entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0 && cpt_grouping_is_possible (self->entity->fields[i]))
      append_item (menu, cpt_field_get_label (self->entity->fields[i]), self->entity->fields[i]->name);
  for (guint i = 0; i < G_N_ELEMENTS (system_fields); i++)
    append_item (menu, cpt_field_get_label (cpt_field_get_system (system_fields[i])), system_fields[i]);

  return menu;
}

void
cpt_list_view_add_group_items (CptListView *self,
                               GMenu       *menu,
                               guint        column)
{
  const CptGridColumn *shown = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), column);
  const CptGrouping *grouping = cpt_query_model_get_grouping (self->model);
  g_autoptr(GMenu) fields = create_field_menu (self);
  const CptField *field;
  CptPath path;

  if (shown != NULL && cpt_path_parse (self->schema, self->entity, shown->name, &path, NULL) &&
      cpt_grouping_is_possible (field = cpt_path_get_field (&path)))
    {
      if (cpt_field_type_get (field->kind)->is_bucketable)
        {
          g_autoptr(GMenu) buckets = create_bucket_menu (shown->name);

          g_menu_append_submenu (menu, _("_Group by"), G_MENU_MODEL (buckets));
        }
      else
        {
          append_item (menu, _("_Group by This Column"), shown->name);
        }
    }
  g_menu_append_submenu (menu, _("Group by Another _Field"), G_MENU_MODEL (fields));
  if (grouping != NULL)
    cpt_list_view_add_grouping_items (self, menu);
}

void
cpt_list_view_add_grouping_items (CptListView *self,
                                  GMenu       *menu)
{
  CptGrouping turned = *cpt_query_model_get_grouping (self->model);
  g_autofree char *text = NULL;

  turned.descending = !turned.descending;
  text = cpt_grouping_format (&turned);
  append_item (menu, _("_Reverse Groups"), text);
  append_item (menu, _("_Don’t Group"), "");
}

GMenuModel *
cpt_list_view_create_group_menu (CptListView *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) folding = g_menu_new ();
  g_autoptr(GMenu) grouping = g_menu_new ();

  g_menu_append (folding, _("_Fold All Groups"), "list.fold-all");
  g_menu_append (folding, _("_Open All Groups"), "list.unfold-all");
  cpt_list_view_add_grouping_items (self, grouping);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (folding));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (grouping));

  return G_MENU_MODEL (menu);
}

static void
group_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  cpt_list_view_set_grouping (CPT_LIST_VIEW (widget), g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (CPT_LIST_VIEW (widget)->grid));
}

static void
fold_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cpt_query_model_fold_all (CPT_LIST_VIEW (widget)->model, strcmp (action_name, "list.fold-all") == 0);
  gtk_widget_grab_focus (GTK_WIDGET (CPT_LIST_VIEW (widget)->grid));
}

void
cpt_list_view_install_group_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.group", "s", group_action);
  gtk_widget_class_install_action (klass, "list.fold-all", NULL, fold_action);
  gtk_widget_class_install_action (klass, "list.unfold-all", NULL, fold_action);
}
