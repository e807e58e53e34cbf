/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record on paper. What it says is read into rows of a label and a text; laying
 * out cuts the texts into lines, and pages are ranges of lines, so that a text of
 * any length goes over as many pages as it needs. */

#include "config.h"

#include "cpt-record-report.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-form.h"
#include "cpt-query.h"
#include "cpt-report-private.h"
#include "cpt-statement.h"
#include "cpt-timeline.h"

#define MARGIN 48      /* of a PDF's page, in points */
#define HEAD 44        /* above the content of a page */
#define FOOT 24        /* below it */
#define LABEL_PART 0.3 /* of the width */
#define GAP 10         /* above a heading */
#define MAX_LINKED 30  /* of one kind */
#define MAX_HAPPENED 500
#define HAPPENED_PAGE 100

/* A heading has no text */
typedef struct
{
  char *label;
  char *text; /* (nullable) */
} Row;

typedef struct
{
  const char *label; /* (nullable): borrowed from its row */
  char *text;        /* (nullable): NULL for a heading */
  double height;
  guint page;
  double y;
} Line;

struct _CptRecordReport
{
  char *title;
  char *kind;
  gint64 now;
  char *made;         /* @now for people */
  gboolean is_tagged; /* while a PDF is drawn: what is a heading and what a text */
  GPtrArray *rows;
  GArray *lines;
  double width, height;
  guint n_pages;
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->label);
  g_free (row->text);
  g_free (row);
}

static void
line_clear (gpointer data)
{
  Line *line = data;

  g_free (line->text);
}

static void
add_row (CptRecordReport *self,
         const char      *label,
         const char      *text)
{
  Row *row = g_new0 (Row, 1);

  row->label = g_strdup (label);
  row->text = g_strdup (text);
  g_ptr_array_add (self->rows, row);
}

/* Reading */

/* Links by their titles */
static char *
dup_value (CptDatabase    *database,
           const CptField *field,
           const CptValue *value)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(GString) text = g_string_new (NULL);
  const CptUuid *ids = value->type == CPT_VALUE_ID ? &value->id : value->ids.items;
  guint length = value->type == CPT_VALUE_ID ? 1 : value->ids.length;

  if (value->type != CPT_VALUE_ID && value->type != CPT_VALUE_IDS)
    return cpt_field_format_local (field, value, cpt_database_get_zone (database));

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *title = cpt_database_dup_title (database, cpt_schema_get_target (schema, field), &ids[i]);

      if (title != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", title);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_group (CptRecordReport    *self,
           CptDatabase        *database,
           CptRecord          *record,
           const CptFormGroup *group)
{
  gboolean has_heading = FALSE;

  for (guint i = 0; i < group->n_fields; i++)
    {
      const CptField *field = group->fields[i].field;
      const CptValue *value = cpt_record_get (record, field);
      g_autofree char *text = NULL;

      if (group->fields[i].is_hidden || cpt_value_is_null (value))
        continue;
      if (!has_heading)
        add_row (self, group->title, NULL);
      has_heading = TRUE;
      text = dup_value (database, field, value);
      add_row (self, cpt_field_get_label (field), text);
    }
}

static gboolean
add_linked (CptRecordReport    *self,
            CptDatabase        *database,
            CptRecord          *record,
            const CptBacklink  *backlink,
            GError            **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  CptOperator op = backlink->field->kind == CPT_FIELD_LINKS ? CPT_OPERATOR_CONTAINS : CPT_OPERATOR_IS;
  g_autoptr(CptQuery) query = cpt_query_new (schema, backlink->entity);
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_VALUE);
  g_autofree char *id = cpt_uuid_dup_text (&record->id);
  const char *label = backlink->field->back_label != NULL ? _(backlink->field->back_label)
                                                          : cpt_entity_get_label_plural (backlink->entity);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GPtrArray) records = NULL;

  json_node_set_string (value, id);
  filter = cpt_filter_new_condition (schema, backlink->entity, backlink->field->name, op, value, error);
  if (filter == NULL)
    return FALSE;
  cpt_query_set_filter (query, filter);
  records = cpt_query_load_records (query, database, MAX_LINKED, error);
  if (records == NULL)
    return FALSE;

  add_row (self, label, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *title = cpt_record_dup_title (g_ptr_array_index (records, i));

      add_row (self, cpt_entity_get_label (backlink->entity), title);
    }
  if (backlink->count > records->len)
    {
      gulong n = (gulong) (backlink->count - records->len);
      /* Translators: of records in a list on paper */
      g_autofree char *more = g_strdup_printf (ngettext ("and %lu more", "and %lu more", n), n);

      add_row (self, "", more);
    }

  return TRUE;
}

/* "Call" of an activity, "Task" of a task */
static const char *
get_manner (CptRecord *record)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  const char *manner = entity->manner != NULL ? cpt_record_get_text (record, entity->manner) : NULL;
  const CptField *field = manner != NULL ? cpt_entity_find_field (entity, entity->manner) : NULL;

  for (const CptChoice *choice = field != NULL ? field->choices : NULL; choice != NULL && choice->name != NULL; choice++)
    if (strcmp (choice->name, manner) == 0)
      return cpt_choice_get_label (choice);

  return cpt_entity_get_label (entity);
}

/* With what was noted */
static char *
dup_happened (CptRecord *record)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  g_autofree char *title = cpt_record_dup_title (record);
  g_autoptr(GString) text = g_string_new (NULL);

  /* Translators: on paper, the kind of what happened and its title: "Call: Prices" */
  g_string_append_printf (text, C_("timeline", "%s: %s"), get_manner (record), title);
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      gboolean is_note = field->kind == CPT_FIELD_LONG_TEXT && (field->flags & CPT_FIELD_HIDDEN) == 0;
      const char *note = is_note ? cpt_record_get_text (record, field->name) : NULL;

      if (note != NULL)
        g_string_append_printf (text, "\n%s", note);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_item (CptRecordReport       *self,
          CptDatabase           *database,
          const CptTimelineItem *item)
{
  g_autofree char *when = cpt_instant_format (item->at, cpt_database_get_zone (database));
  g_autofree char *text = dup_happened (item->record);

  add_row (self, when, text);
}

/* What is noted, and tasks; changes, however many lie between, are for the screen */
static gboolean
add_happened (CptRecordReport  *self,
              CptDatabase      *database,
              CptRecord        *record,
              GError          **error)
{
  CptTimelineCursor cursor = { 0 };
  gboolean is_end = FALSE;
  guint n = 0;

  while (!is_end)
    {
      g_autoptr(GPtrArray) items =
        cpt_timeline_read (database, cpt_record_get_entity (record), &record->id, NULL, &cursor, HAPPENED_PAGE, error);

      if (items == NULL)
        return FALSE;
      for (guint i = 0; i < items->len && n <= MAX_HAPPENED; i++)
        {
          const CptTimelineItem *item = g_ptr_array_index (items, i);

          if (item->record == NULL)
            continue;
          if (n == 0)
            add_row (self, _("Timeline"), NULL);
          if (n < MAX_HAPPENED)
            add_item (self, database, item);
          else
            /* Translators: below a long list of what happened, on paper */
            add_row (self, "", _("What happened before that is left out."));
          n++;
        }
      is_end = items->len < HAPPENED_PAGE || n > MAX_HAPPENED;
    }

  return TRUE;
}

static gboolean
fill (CptRecordReport  *self,
      CptDatabase      *database,
      CptRecord        *record,
      gboolean          has_timeline,
      GError          **error)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  const CptForm *form = cpt_entity_get_form (entity);
  g_autoptr(GArray) backlinks = cpt_query_backlinks (database, entity, &record->id, error);

  if (backlinks == NULL)
    return FALSE;

  for (guint i = 0; i < form->n_groups; i++)
    add_group (self, database, record, &form->groups[i]);
  for (guint i = 0; i < backlinks->len; i++)
    {
      const CptBacklink *backlink = &g_array_index (backlinks, CptBacklink, i);

      if (backlink->entity->moment == NULL && (backlink->entity->flags & CPT_ENTITY_SYSTEM) == 0 &&
          !add_linked (self, database, record, backlink, error))
        return FALSE;
    }

  return !has_timeline || add_happened (self, database, record, error);
}

typedef struct
{
  CptRecordReport *report;
  const CptEntity *entity;
  const CptUuid *id;
  gboolean has_timeline;
} Reading;

static gboolean
read_all (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  const Reading *reading = data;
  CptRecordReport *self = reading->report;
  g_autoptr(CptRecord) record = cpt_database_load (database, reading->entity, reading->id, error);

  if (record == NULL || !fill (self, database, record, reading->has_timeline, error))
    return FALSE;

  self->title = cpt_record_dup_title (record);
  self->kind = g_strdup (cpt_entity_get_label (reading->entity));
  self->now = cpt_database_get_now (database);
  self->made = cpt_instant_format (self->now, cpt_database_get_zone (database));

  return TRUE;
}

CptRecordReport *
cpt_record_report_read (CptDatabase      *database,
                        const CptEntity  *entity,
                        const CptUuid    *id,
                        gboolean          has_timeline,
                        GError          **error)
{
  g_autoptr(CptRecordReport) self = g_new0 (CptRecordReport, 1);
  Reading reading = { self, entity, id, has_timeline };

  g_return_val_if_fail (database != NULL && entity != NULL && id != NULL, NULL);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->lines = g_array_new (FALSE, TRUE, sizeof (Line));
  g_array_set_clear_func (self->lines, line_clear);

  return cpt_database_snapshot (database, read_all, &reading, error) ? g_steal_pointer (&self) : NULL;
}

void
cpt_record_report_free (CptRecordReport *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->kind);
  g_free (self->made);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

const char *
cpt_record_report_get_title (CptRecordReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

/* Laying out */

static PangoLayout *
create_layout (PangoContext *context,
               const char   *font,
               double        width,
               const char   *text)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

/* The same on every surface: a unit is a point */
static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  pango_cairo_context_set_resolution (context, 72);

  return context;
}

static const char *
get_font (const Line *line)
{
  return line->text == NULL ? "Sans Bold 12" : "Sans 9.5";
}

/* Texts cut into lines */
static void
add_lines (CptRecordReport *self,
           PangoContext    *context,
           const Row       *row,
           double           width)
{
  g_autoptr(PangoLayout) layout = NULL;
  const char *text = row->text != NULL ? row->text : row->label;
  Line sample = { .text = row->text };

  layout = create_layout (context, get_font (&sample), row->text != NULL ? width * (1 - LABEL_PART) : -1, text);
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      PangoLayoutLine *pango = pango_layout_get_line_readonly (layout, i);
      PangoRectangle extents;
      Line line = { .label = i == 0 ? row->label : NULL };

      pango_layout_line_get_pixel_extents (pango, NULL, &extents);
      line.text = row->text != NULL ? g_strndup (text + pango->start_index, (gsize) pango->length) : NULL;
      line.height = extents.height + (row->text == NULL ? GAP + 4 : 2);
      g_array_append_val (self->lines, line);
      if (row->text == NULL)
        return;
    }
}

guint
cpt_record_report_lay_out (CptRecordReport *self,
                           double           width,
                           double           height)
{
  PangoContext *context;
  double space = MAX (height - HEAD - FOOT, 60);
  double y = 0;
  guint page = 0;

  g_return_val_if_fail (self != NULL, 0);

  context = create_context ();
  self->width = MAX (width, 120);
  self->height = MAX (height, HEAD + FOOT + 60);
  g_array_set_size (self->lines, 0);
  for (guint i = 0; i < self->rows->len; i++)
    add_lines (self, context, g_ptr_array_index (self->rows, i), self->width);
  g_object_unref (context);

  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = &g_array_index (self->lines, Line, i);
      double needed = line->height;

      /* A heading stays with what it is about. */
      if (line->text == NULL && i + 1 < self->lines->len)
        needed += g_array_index (self->lines, Line, i + 1).height;
      if (y > 0 && y + needed > space)
        {
          page++;
          y = 0;
        }
      line->page = page;
      line->y = HEAD + y;
      y += line->height;
    }
  self->n_pages = page + 1;

  return self->n_pages;
}

/* Drawing */

static void
draw_text (cairo_t      *cr,
           PangoContext *context,
           const char   *font,
           const char   *text,
           double        x,
           double        y,
           double        width)
{
  g_autoptr(PangoLayout) layout = create_layout (context, font, width, text);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, width > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

/* One that is told apart for who can't see it */
static void
draw_tagged (CptRecordReport *self,
             cairo_t         *cr,
             PangoContext    *context,
             const char      *tag,
             const Line      *line)
{
  double x = self->width * LABEL_PART;

  cpt_report_begin_tag (cr, tag, self->is_tagged);
  cairo_set_source_rgb (cr, 0.35, 0.35, 0.35);
  if (line->text == NULL)
    cairo_set_source_rgb (cr, 0, 0, 0);
  if (line->label != NULL)
    draw_text (cr, context, get_font (line), line->label, 0, line->y + (line->text == NULL ? GAP : 0),
               line->text == NULL ? self->width : x - 8);
  cairo_set_source_rgb (cr, 0, 0, 0);
  if (line->text != NULL)
    draw_text (cr, context, get_font (line), line->text, x, line->y, -1);
  cpt_report_end_tag (cr, tag, self->is_tagged);
}

static void
draw_frame (CptRecordReport *self,
            cairo_t         *cr,
            PangoContext    *context,
            guint            page)
{
  g_autofree char *number = NULL;

  /* Translators: number of a page, and of the last one */
  number = g_strdup_printf (_("Page %u of %u"), page + 1, self->n_pages);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cpt_report_begin_tag (cr, "H1", self->is_tagged && page == 0);
  draw_text (cr, context, "Sans Bold 15", self->title, 0, 0, self->width * 0.75);
  cpt_report_end_tag (cr, "H1", self->is_tagged && page == 0);
  cairo_set_source_rgb (cr, 0.35, 0.35, 0.35);
  draw_text (cr, context, "Sans 9.5", self->kind, self->width * 0.78, 5, self->width * 0.22);
  draw_text (cr, context, "Sans 8.5", self->made, 0, self->height - 12, self->width * 0.6);
  draw_text (cr, context, "Sans 8.5", number, self->width * 0.78, self->height - 12, self->width * 0.22);
  cairo_set_line_width (cr, 0.7);
  cairo_move_to (cr, 0, HEAD - 14);
  cairo_line_to (cr, self->width, HEAD - 14);
  cairo_stroke (cr);
}

void
cpt_record_report_draw (CptRecordReport *self,
                        cairo_t         *cr,
                        guint            page)
{
  PangoContext *context;

  g_return_if_fail (self != NULL && cr != NULL);

  context = create_context ();
  draw_frame (self, cr, context, page);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->page == page)
        draw_tagged (self, cr, context, line->text == NULL ? "H2" : "P", line);
    }
  g_object_unref (context);
}

GBytes *
cpt_record_report_to_pdf (CptRecordReport  *self,
                          double            width,
                          double            height,
                          GError          **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GPtrArray) figures = g_ptr_array_new ();
  cairo_surface_t *surface;
  cairo_t *cr;
  guint n_pages;

  g_return_val_if_fail (self != NULL, NULL);

  n_pages = cpt_record_report_lay_out (self, width - 2 * MARGIN, height - 2 * MARGIN);
  surface = cairo_pdf_surface_create_for_stream (cpt_report_append_cb, bytes, width, height);
  cpt_report_set_metadata (surface, self->title, self->now);
  cr = cairo_create (surface);
  self->is_tagged = TRUE;
  cpt_report_begin_tag (cr, "Document", TRUE);
  for (guint i = 0; i < n_pages; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, MARGIN, MARGIN);
      cpt_record_report_draw (self, cr, i);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cpt_report_end_tag (cr, "Document", TRUE);
  self->is_tagged = FALSE;
  if (!cpt_report_end_surface (surface, cr, error))
    return NULL;

  cpt_pdf_complete (bytes, NULL, figures);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
