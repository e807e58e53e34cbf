/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command palette.
 *
 * With nothing typed it lists what was used lately, then all places and
 * commands. With each key press what is known (places, views, commands) is
 * matched at once, and records are searched on a reading thread; a search that
 * is superseded is cancelled and its answer never shown. The order is
 *
 *   titles of which all words begin so | records | letters here and there
 *
 * so that lines which arrive late never push away what is good already. Enter
 * before records have arrived waits for them when there is nothing better.
 *
 * A key press makes the rows that are seen at once; those below come after it has
 * been drawn, a few at a time, or when the keyboard goes there. */
#include "config.h"

#include "cpt-palette.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-match.h"
#include "cpt-palette-row.h"
#include "cpt-palette-sources.h"
#include "cpt-text.h"

#define MAX_STRONG 8
#define MAX_WEAK 8
#define MAX_RECORDS 30
#define MAX_RECENT 8
#define ROWS_AT_ONCE 12
#define ROWS_LATER 6

struct _CptPalette
{
  AdwWindow parent_instance;

  CptWindow *window; /* (nullable): weak; what the palette belongs to */
  GPtrArray *known;  /* CptPaletteItem: places, commands */
  GPtrArray *saved;  /* CptPaletteItem: views, dashboards, recent records; empty until they are read */
  GPtrArray *found;  /* CptPaletteItem: records, of the last search that answered */
  GPtrArray *shown;  /* borrowed from the others, in the order of the rows */
  char **recent;
  char *text;         /* folded */
  char **words;       /* of @text */
  guint n_recent;     /* rows of what was used lately, at the top */
  guint n_rows;       /* rows there are: of the first of @shown */
  guint rows_source;  /* makes the others */
  gboolean has_moved; /* the person chose another row than the first */
  gboolean is_searching;
  gboolean is_activated; /* Enter was pressed while nothing good was there */
  GCancellable *cancellable;
  GCancellable *search; /* (nullable) */

  /* Borrowed from GTK */
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *scroller;
  GtkWidget *placeholder;
};

G_DEFINE_FINAL_TYPE (CptPalette, cpt_palette, ADW_TYPE_WINDOW)

/* ------------------------------------------------------------------- ranking */

typedef struct
{
  CptPaletteItem *item; /* borrowed */
  guint score;
  guint number;
} Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *x = a;
  const Ranked *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;

  return (x->number > y->number) - (x->number < y->number);
}

static void
rank (CptPalette *self,
      GPtrArray  *items,
      GArray     *ranked)
{
  for (guint i = 0; i < items->len; i++)
    {
      Ranked one = { g_ptr_array_index (items, i), 0, ranked->len };

      one.score = cpt_palette_item_match (one.item, self->text, (const char *const *) self->words);
      if (one.score > 0)
        g_array_append_val (ranked, one);
    }
}

static gboolean
is_shown (CptPalette *self,
          const char *key)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (strcmp (((CptPaletteItem *) g_ptr_array_index (self->shown, i))->key, key) == 0)
      return TRUE;

  return FALSE;
}

static void
show_item (CptPalette     *self,
           CptPaletteItem *item)
{
  if (!is_shown (self, item->key))
    g_ptr_array_add (self->shown, item);
}

static void
collect_matches (CptPalette *self)
{
  g_autoptr(GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  guint n = 0;

  rank (self, self->known, ranked);
  rank (self, self->saved, ranked);
  g_array_sort (ranked, compare_ranked);

  for (guint i = 0; i < ranked->len && n < MAX_STRONG; i++)
    if (g_array_index (ranked, Ranked, i).score >= CPT_PALETTE_STRONG)
      {
        show_item (self, g_array_index (ranked, Ranked, i).item);
        n++;
      }
  for (guint i = 0; i < self->found->len; i++)
    show_item (self, g_ptr_array_index (self->found, i));

  n = 0;
  for (guint i = 0; i < ranked->len && n < MAX_WEAK; i++)
    if (g_array_index (ranked, Ranked, i).score < CPT_PALETTE_STRONG &&
        g_array_index (ranked, Ranked, i).item->kind != CPT_PALETTE_RECORD)
      {
        show_item (self, g_array_index (ranked, Ranked, i).item);
        n++;
      }
}

static CptPaletteItem *
find_key (GPtrArray  *items,
          const char *key)
{
  for (guint i = 0; i < items->len; i++)
    if (strcmp (((CptPaletteItem *) g_ptr_array_index (items, i))->key, key) == 0)
      return g_ptr_array_index (items, i);

  return NULL;
}

static void
collect_all (CptPalette *self)
{
  for (guint i = 0; self->recent[i] != NULL && self->shown->len < MAX_RECENT; i++)
    {
      CptPaletteItem *item = find_key (self->known, self->recent[i]);

      if (item == NULL)
        item = find_key (self->saved, self->recent[i]);
      if (item != NULL)
        show_item (self, item);
    }
  self->n_recent = self->shown->len;

  for (guint i = 0; i < self->known->len; i++)
    if (((CptPaletteItem *) g_ptr_array_index (self->known, i))->kind == CPT_PALETTE_PLACE)
      show_item (self, g_ptr_array_index (self->known, i));
  for (guint i = 0; i < self->saved->len; i++)
    if (((CptPaletteItem *) g_ptr_array_index (self->saved, i))->kind != CPT_PALETTE_RECORD)
      show_item (self, g_ptr_array_index (self->saved, i));
  for (guint i = 0; i < self->known->len; i++)
    show_item (self, g_ptr_array_index (self->known, i));
}

/* ------------------------------------------------------------------- showing */

static CptPaletteItem *
get_selected (CptPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL ? g_ptr_array_index (self->shown, gtk_list_box_row_get_index (row)) : NULL;
}

/* The first @n_rows, or all */
static void
make_rows (CptPalette *self,
           guint       n_rows)
{
  for (; self->n_rows < MIN (n_rows, self->shown->len); self->n_rows++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         cpt_palette_row_new (g_ptr_array_index (self->shown, self->n_rows), self->text,
                                              (const char *const *) self->words));
}

static gboolean
make_rows_cb (gpointer user_data)
{
  CptPalette *self = user_data;

  make_rows (self, self->n_rows + ROWS_LATER);
  if (self->n_rows < self->shown->len)
    return G_SOURCE_CONTINUE;

  self->rows_source = 0;

  return G_SOURCE_REMOVE;
}

static void
select_row (CptPalette *self,
            int         index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), index);
  CptPaletteItem *item;

  if (row == NULL)
    return;

  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  item = g_ptr_array_index (self->shown, index);
  /* The focus stays in the entry: it says what Enter does */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, item->title, -1);
}

/* Rows have no place before they are laid out. */
static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  CptPalette *self = CPT_PALETTE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), self->list, &bounds))
    return G_SOURCE_REMOVE;

  if (gtk_list_box_row_get_index (row) == 0)
    gtk_adjustment_set_value (adjustment, 0);
  else
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);

  return G_SOURCE_REMOVE;
}

static void
move_to (CptPalette *self,
         int         index)
{
  index = CLAMP (index, 0, (int) self->shown->len - 1);
  make_rows (self, (guint) (index + 1));
  select_row (self, index);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  CptPalette *self = user_data;
  guint index = (guint) gtk_list_box_row_get_index (row);
  const char *text = NULL;
  GtkWidget *label;

  if (self->words[0] == NULL && index == 0)
    text = self->n_recent > 0 ? _("Used Lately") : _("Everything");
  else if (self->words[0] == NULL && index == self->n_recent)
    text = _("Everything");
  if (text == NULL)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "palette-header");
  gtk_list_box_row_set_header (row, label);
}

static void
update (CptPalette *self)
{
  CptPaletteItem *selected = self->has_moved ? get_selected (self) : NULL;
  g_autofree char *key = selected != NULL ? g_strdup (selected->key) : NULL;
  int index = 0;
  GtkListBoxRow *row;

  g_ptr_array_set_size (self->shown, 0);
  self->n_recent = 0;
  if (self->words[0] != NULL)
    collect_matches (self);
  else
    collect_all (self);

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; key != NULL && i < self->shown->len; i++)
    if (strcmp (((CptPaletteItem *) g_ptr_array_index (self->shown, i))->key, key) == 0)
      index = (int) i;
  self->n_rows = 0;
  make_rows (self, ROWS_AT_ONCE);
  if (self->n_rows < self->shown->len && self->rows_source == 0)
    self->rows_source = g_idle_add (make_rows_cb, self);
  gtk_label_set_label (GTK_LABEL (self->placeholder), self->is_searching ? "" : _("Nothing found"));
  move_to (self, index);
}

/* ----------------------------------------------------------------- searching */

static void
activate (CptPalette *self)
{
  CptPaletteItem *item = get_selected (self);
  CptWindow *window = self->window;
  g_autofree char *key = NULL;

  if (item == NULL || window == NULL)
    return;

  key = g_strdup (item->key);
  gtk_window_close (GTK_WINDOW (self));
  cpt_palette_open_key (window, key);
}

/* Whether the first row can't be pushed away by records any more */
static gboolean
is_settled (CptPalette *self)
{
  CptPaletteItem *item = get_selected (self);

  return !self->is_searching ||
         (item != NULL && (self->has_moved || cpt_palette_item_match (item, self->text, (const char *const *) self->words) >=
                                                CPT_PALETTE_STRONG));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptPalette) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) former = NULL; /* what is shown, until it is not */
  GPtrArray *found = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_searching = FALSE;
  if (found != NULL)
    {
      former = self->found;
      self->found = found;
    }
  update (self);
  if (error != NULL)
    gtk_label_set_label (GTK_LABEL (self->placeholder), error->message);
  if (self->is_activated)
    activate (self);
}

/* Until the new ones arrive: those of the search before that still match */
static void
keep_found (CptPalette *self)
{
  guint all = (1u << g_strv_length (self->words)) - 1;

  for (guint i = self->found->len; i > 0; i--)
    {
      const CptPaletteItem *item = g_ptr_array_index (self->found, i - 1);

      if (self->words[0] == NULL || cpt_match_words (item->title, (const char *const *) self->words, NULL) != all)
        g_ptr_array_remove_index (self->found, i - 1);
    }
}

static void
typed_cb (CptPalette *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_free (self->text);
  g_strfreev (self->words);
  self->text = g_strstrip (cpt_text_fold (text));
  self->words = cpt_match_split (text);
  self->has_moved = FALSE;
  self->is_activated = FALSE;
  g_ptr_array_set_size (self->shown, 0);
  keep_found (self);

  self->is_searching = self->words[0] != NULL && self->window != NULL && cpt_window_get_store (self->window) != NULL;
  if (self->is_searching)
    {
      self->search = g_cancellable_new ();
      cpt_palette_search_async (self->window, text, MAX_RECORDS, self->search, found_cb, g_object_ref (self));
    }
  update (self);
}

static void
mark_recent (CptPalette *self,
             GPtrArray  *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      CptPaletteItem *item = g_ptr_array_index (items, i);

      item->is_recent = g_strv_contains ((const char *const *) self->recent, item->key);
    }
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptPalette) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) former = NULL; /* what is shown, until it is not */
  GPtrArray *saved = cpt_store_finish (CPT_STORE (source), result, &error);

  if (saved == NULL)
    {
      g_debug ("Views and dashboards are not offered: %s", error->message);
      return;
    }

  former = self->saved;
  self->saved = saved;
  mark_recent (self, saved);
  update (self);
}

/* -------------------------------------------------------------------- events */

static void
entry_activated_cb (CptPalette *self)
{
  if (is_settled (self))
    activate (self);
  else
    self->is_activated = TRUE;
}

static void
row_activated_cb (CptPalette    *self,
                  GtkListBoxRow *row)
{
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  activate (self);
}

static gboolean
key_pressed_cb (CptPalette      *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      index++;
      break;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      index--;
      break;

    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      index += 8;
      break;

    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      index -= 8;
      break;

    default:
      return GDK_EVENT_PROPAGATE;
    }

  if (self->shown->len > 0)
    {
      self->has_moved = TRUE;
      move_to (self, index);
    }

  return GDK_EVENT_STOP;
}

static void
cpt_palette_dispose (GObject *object)
{
  CptPalette *self = CPT_PALETTE (object);

  g_clear_handle_id (&self->rows_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->search);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (cpt_palette_parent_class)->dispose (object);
}

static void
cpt_palette_finalize (GObject *object)
{
  CptPalette *self = CPT_PALETTE (object);

  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_pointer (&self->saved, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->recent, g_strfreev);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (cpt_palette_parent_class)->finalize (object);
}

/* Not before: a window whose contents speak earlier is unknown to screen readers */
static void
cpt_palette_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cpt_palette_parent_class)->map (widget);

  gtk_widget_grab_focus (CPT_PALETTE (widget)->entry);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
cpt_palette_class_init (CptPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_palette_finalize;
  widget_class->map = cpt_palette_map;
  gtk_widget_class_install_action (widget_class, "palette.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "palette.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "palette.close", NULL);
}

static void
create_entry (CptPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_object_set (self->entry, "placeholder-text", _("Go anywhere, do anything"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Go anywhere, do anything"), -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
}

static void
cpt_palette_init (CptPalette *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  self->saved = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_palette_item_free);
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_palette_item_free);
  self->shown = g_ptr_array_new ();
  self->text = g_strdup ("");
  self->words = g_new0 (char *, 1);
  create_entry (self);

  self->placeholder = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->placeholder), TRUE);
  gtk_widget_add_css_class (self->placeholder, "dim-label");
  gtk_widget_set_margin_top (self->placeholder, 24);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), self->placeholder);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, self, NULL);
  gtk_widget_set_focusable (self->list, FALSE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Results"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_widget_set_vexpand (self->scroller, TRUE);

  gtk_widget_add_css_class (header, "flat");
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (header), ADW_CENTERING_POLICY_LOOSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->entry);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), self->scroller);
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_title (GTK_WINDOW (self), _("Command Palette"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

GtkWindow *
cpt_palette_new (CptWindow  *window,
                 const char *text)
{
  CptPalette *self;
  int width, height;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_PALETTE, "transient-for", window, NULL);
  g_set_weak_pointer (&self->window, window);
  self->known = cpt_palette_list_known (window);
  self->recent = cpt_window_list_recent (window);
  mark_recent (self, self->known);
  width = gtk_widget_get_width (GTK_WIDGET (window));
  height = gtk_widget_get_height (GTK_WIDGET (window));
  if (width == 0) /* It comes together with the palette */
    gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (width - 20, 320, 600), CLAMP (height - 60, 280, 460));
  if (cpt_window_get_store (window) != NULL)
    cpt_palette_read_async (window, self->cancellable, saved_cb, g_object_ref (self));
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  update (self);

  return GTK_WINDOW (self);
}
