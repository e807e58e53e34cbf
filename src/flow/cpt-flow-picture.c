/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workflow as a file that is looked at: PDF, SVG or PNG. */

#include "config.h"

#include "cpt-flow-picture.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-workflow-record.h"

#define MARGIN 32
#define PNG_SCALE 2
/* Pixels of a PNG, of one side and of all; points of a PDF page, of which ISO 32000-1 says 14400 */
#define MAX_SIDE 30000
#define MAX_AREA 120000000.0
#define MAX_PAGE 14400

/* --------------------------------------------------------------------- numbers */

CptFlowNumbers *
cpt_flow_numbers_new (void)
{
  CptFlowNumbers *self = g_new0 (CptFlowNumbers, 1);

  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->connections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
cpt_flow_numbers_free (CptFlowNumbers *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->connections);
  g_free (self);
}

static char *
dup_key (const char *node,
         const char *outcome)
{
  return g_strdup_printf ("%" G_GSIZE_FORMAT ":%s%s", strlen (node), node, outcome);
}

void
cpt_flow_numbers_add (CptFlowNumbers     *self,
                      const char         *node,
                      const CptFlowCount *count)
{
  CptFlowCount *sum = g_hash_table_lookup (self->nodes, node);

  if (sum == NULL)
    {
      sum = g_new0 (CptFlowCount, 1);
      g_hash_table_insert (self->nodes, g_strdup (node), sum);
    }
  sum->n_waiting += count->n_waiting;
  sum->n_passed += count->n_passed;
  sum->n_failed += count->n_failed;
}

void
cpt_flow_numbers_add_way (CptFlowNumbers *self,
                          const char     *node,
                          const char     *outcome,
                          guint64         n_passed)
{
  g_autofree char *key = dup_key (node, outcome);
  guint64 *sum = g_hash_table_lookup (self->connections, key);

  if (sum == NULL)
    {
      sum = g_new0 (guint64, 1);
      g_hash_table_insert (self->connections, g_steal_pointer (&key), sum);
    }
  *sum += n_passed;
}

const CptFlowCount *
cpt_flow_numbers_find (const CptFlowNumbers *self,
                       const char           *node)
{
  return self != NULL ? g_hash_table_lookup (self->nodes, node) : NULL;
}

guint64
cpt_flow_numbers_find_way (const CptFlowNumbers *self,
                           const char           *node,
                           const char           *outcome)
{
  g_autofree char *key = dup_key (node, outcome);
  const guint64 *sum = self != NULL ? g_hash_table_lookup (self->connections, key) : NULL;

  return sum != NULL ? *sum : 0;
}

/* --------------------------------------------------------------------- drawing */

static void
draw (cairo_t              *cr,
      const CptWorkflow    *workflow,
      CptSchema            *schema,
      const CptFlowNumbers *numbers,
      const CptChartStyle  *style)
{
  const CptEntity *entity = cpt_workflow_find_entity (workflow, schema);
  g_autoptr(CptFlowRouter) router = cpt_flow_router_new (workflow);

  for (guint i = 0; i < workflow->connections->len; i++)
    {
      const CptWorkflowConnection *connection = g_ptr_array_index (workflow->connections, i);
      guint64 n_passed = cpt_flow_numbers_find_way (numbers, connection->from, connection->outcome);
      g_autofree char *label = cpt_flow_dup_label (workflow, connection, n_passed);
      CptFlowCurve curve;

      if (cpt_flow_router_find (router, connection, &curve))
        cpt_flow_paint_connection (cr, &curve, label, NULL, style, CPT_FLOW_FULL);
    }
  for (guint i = 0; i < workflow->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, i);
      g_autoptr(CptFlowFace) face = cpt_flow_face_new (node, schema, entity);

      cairo_save (cr);
      cairo_translate (cr, node->x, node->y);
      cpt_flow_paint_node (cr, face, cpt_flow_numbers_find (numbers, node->id), FALSE, style, CPT_FLOW_FULL);
      cairo_restore (cr);
    }
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_size (double          width,
            double          height,
            CptFlowFormat   format,
            GError        **error)
{
  if (format != CPT_FLOW_PNG || (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_AREA))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               _("This workflow is too large for a PNG picture. Export it as PDF or SVG, or tidy it up first."));

  return FALSE;
}

static cairo_surface_t *
create_surface (CptFlowFormat  format,
                GByteArray    *bytes,
                const char    *title,
                double         width,
                double         height)
{
  cairo_surface_t *surface;

  switch (format)
    {
    case CPT_FLOW_SVG:
      return cairo_svg_surface_create_for_stream (write_cb, bytes, width, height);
    case CPT_FLOW_PNG:
      return cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
    case CPT_FLOW_PDF:
    default:
      surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, width, height);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Comptoir");
      return surface;
    }
}

static double
choose_scale (const CptFlowRect *bounds,
              CptFlowFormat      format)
{
  switch (format)
    {
    case CPT_FLOW_PNG:
      return PNG_SCALE;
    case CPT_FLOW_PDF:
      return MIN (0.75, MAX_PAGE / MAX (bounds->width, bounds->height));
    case CPT_FLOW_SVG:
    default:
      return 1;
    }
}

GBytes *
cpt_flow_export (const CptWorkflow     *workflow,
                 const char            *title,
                 CptSchema             *schema,
                 const CptFlowNumbers  *numbers,
                 CptFlowFormat          format,
                 GError               **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(CptTextCache) texts = cpt_text_cache_new ();
  CptFlowRect bounds = cpt_flow_get_bounds (workflow);
  cairo_surface_t *surface;
  cairo_status_t status;
  CptChartStyle style;
  double scale;
  cairo_t *cr;

  bounds = cpt_flow_rect_grow (&bounds, MARGIN);
  scale = choose_scale (&bounds, format);
  if (!check_size (ceil (bounds.width * scale), ceil (bounds.height * scale), format, error))
    return NULL;

  cpt_chart_style_init (&style, CPT_CHART_THEME_PRINT);
  style.texts = texts;
  surface = create_surface (format, bytes, title, ceil (bounds.width * scale), ceil (bounds.height * scale));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -bounds.x, -bounds.y);
  draw (cr, workflow, schema, numbers, &style);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == CPT_FLOW_PNG)
    status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("The picture could not be drawn: %s."), cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

CptFlowFormat
cpt_flow_format_for_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (g_str_has_suffix (lower, ".svg"))
    return CPT_FLOW_SVG;

  return g_str_has_suffix (lower, ".png") ? CPT_FLOW_PNG : CPT_FLOW_PDF;
}
