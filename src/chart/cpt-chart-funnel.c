/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of a process, in the order of the data: how many reach each, and what
 * part goes on to the next. Widths are honest: in proportion to the value,
 * around one middle. What is below zero has no width, so it is refused. */
#include "config.h"
#include "cpt-chart-private.h"

#include <glib/gi18n-lib.h>

/* In units of the font size */
#define MIN_STEP 1.7
#define MAX_STEP 5.4
#define MAX_BAR 2.7
#define NARROW 30

typedef struct
{
  CptChartContext *context;
  guint n_steps; /* that have room */
  double step;
  double bar;
  double left;  /* of the shape */
  double width; /* of the widest bar */
  double label_width;
  double value_width;
  double share_width; /* 0: no room for shares */
  double largest;
  gboolean is_falling;
} Funnel;

static double
get_value (const CptChartData *data,
           guint               step)
{
  double value = cpt_chart_data_get_value (data, 0, step);

  return isnan (value) ? 0 : value;
}

static double
get_bar_width (const Funnel *funnel,
               guint         step)
{
  double value = get_value (funnel->context->data, step);

  return funnel->largest > 0 ? value / funnel->largest * funnel->width : 0;
}

static char *
format_step (const Funnel *funnel,
             guint         step,
             gboolean      in_full)
{
  const CptChartData *data = funnel->context->data;
  double value = cpt_chart_data_get_value (data, 0, step);

  return in_full ? cpt_chart_format_value (&data->unit, value)
                 : cpt_chart_format_short (&data->unit, value);
}

static double
measure_steps (const Funnel *funnel,
               gboolean      in_full)
{
  CptTextStyle style = { .bold = TRUE };
  double widest = 0;

  for (guint i = 0; i < funnel->n_steps; i++)
    {
      g_autofree char *text = format_step (funnel, i, in_full);

      widest = MAX (widest, cpt_chart_measure (funnel->context, text, &style));
    }

  return widest;
}

static double
measure_labels (const Funnel *funnel)
{
  CptTextStyle style = { 0 };
  double widest = 0;

  for (guint i = 0; i < funnel->n_steps; i++)
    {
      g_autofree char *text = cpt_chart_data_dup_label (funnel->context->data, i);

      widest = MAX (widest, cpt_chart_measure (funnel->context, text, &style));
    }

  return widest;
}

/* Whether no step is higher than the one before: else the steps are not of one
 * process (deals that stand at each stage today), and a share of the step
 * before would be nonsense. */
static gboolean
is_falling (const CptChartData *data)
{
  for (guint i = 1; i < data->categories->len; i++)
    if (get_value (data, i) > get_value (data, i - 1))
      return FALSE;

  return TRUE;
}

static const char *
refuse_steps (const CptChart *chart)
{
  for (guint i = 0; i < chart->data->categories->len; i++)
    if (get_value (chart->data, i) < 0)
      return _("Values below zero are no steps of a funnel; choose bars to see them.");

  return NULL;
}

static gboolean
init_funnel (Funnel          *funnel,
             CptChartContext *context)
{
  const CptChartData *data = context->data;
  guint n = data->categories->len;
  double em = context->em;
  double room = context->height;
  double shape_left, right;

  funnel->context = context;
  funnel->n_steps = (guint) CLAMP (floor (room / (MIN_STEP * em)), 1, n);
  if (funnel->n_steps < n)
    {
      room -= 1.6 * em;
      funnel->n_steps = (guint) CLAMP (floor (room / (MIN_STEP * em)), 1, n);
    }
  funnel->step = MIN (room / funnel->n_steps, MAX_STEP * em);
  funnel->bar = MIN (funnel->step * 0.62, MAX_BAR * em);
  for (guint i = 0; i < n; i++)
    funnel->largest = MAX (funnel->largest, get_value (data, i));

  funnel->label_width = MIN (measure_labels (funnel),
                             (context->width < NARROW * em ? 0.4 : 0.32) * context->width);
  funnel->value_width = measure_steps (funnel, TRUE);
  if (funnel->value_width > 0.26 * context->width)
    funnel->value_width = measure_steps (funnel, FALSE);
  funnel->is_falling = is_falling (data);
  funnel->share_width = funnel->is_falling && context->width > NARROW * em ? 4 * em : 0;
  shape_left = funnel->label_width + 1.0 * em;
  right = funnel->value_width + funnel->share_width + 1.0 * em;
  funnel->left = shape_left;
  funnel->width = MAX (context->width - shape_left - right, 1);

  return n > 0;
}

/* The part that goes on, between two steps */
static void
draw_connection (const Funnel *funnel,
                 guint         step)
{
  CptChartContext *context = funnel->context;
  const CptChartStyle *style = context->style;
  CptChartColor color = cpt_chart_color_mix (&style->background, &style->accent, 0.14);
  double top = step * funnel->step + (funnel->step + funnel->bar) / 2;
  double bottom = (step + 1) * funnel->step + (funnel->step - funnel->bar) / 2;
  double middle = funnel->left + funnel->width / 2;
  double upper = get_bar_width (funnel, step) / 2;
  double lower = get_bar_width (funnel, step + 1) / 2;
  cairo_t *cr = context->cr;

  cairo_new_path (cr);
  cairo_move_to (cr, middle - upper, top);
  cairo_line_to (cr, middle + upper, top);
  cairo_line_to (cr, middle + lower, bottom);
  cairo_line_to (cr, middle - lower, bottom);
  cairo_close_path (cr);
  cpt_chart_set_color (cr, &color);
  cairo_fill (cr);
}

static void
draw_conversion (const Funnel *funnel,
                 guint         step)
{
  CptChartContext *context = funnel->context;
  double before = get_value (context->data, step);
  CptTextStyle style = { .scale = 0.88, .color = context->style->muted, .anchor = CPT_ANCHOR_MIDDLE };
  g_autofree char *share = NULL;
  g_autofree char *text = NULL;

  if (before <= 0 || funnel->step - funnel->bar < 1.15 * context->em)
    return;

  share = cpt_chart_format_share (get_value (context->data, step + 1) / before);
  /* U+2193: so many of the step above go on to the one below */
  text = g_strdup_printf ("\342\206\223 %s", share);
  cpt_chart_draw_text_middle (context, text, &style, funnel->left + funnel->width / 2,
                              (step + 1) * funnel->step);
}

static void
draw_step (const Funnel *funnel,
           guint         step,
           gboolean      in_full)
{
  CptChartContext *context = funnel->context;
  const CptChartStyle *style = context->style;
  double y = (step + 0.5) * funnel->step;
  double width = MAX (get_bar_width (funnel, step), 2);
  double right = context->width - funnel->share_width;
  CptChartRect bar = { funnel->left + (funnel->width - width) / 2, y - funnel->bar / 2, width,
                       funnel->bar };
  CptChartRect row = { 0, step * funnel->step, context->width, funnel->step };
  CptTextStyle label = { .color = style->foreground, .max_width = funnel->label_width };
  CptTextStyle number = { .bold = TRUE, .color = style->foreground, .anchor = CPT_ANCHOR_END };
  CptTextStyle muted = { .color = style->muted, .anchor = CPT_ANCHOR_END };
  g_autofree char *name = cpt_chart_data_dup_label (context->data, step);
  g_autofree char *value = format_step (funnel, step, in_full);

  cpt_chart_path_rect (context->cr, &bar, 0.28 * context->em, CPT_CORNER_ALL);
  cpt_chart_fill_series (context, 0);
  cpt_chart_draw_text_middle (context, name, &label, 0, y);
  cpt_chart_draw_text_middle (context, value, &number, right, y);
  if (funnel->share_width > 0 && get_value (context->data, 0) > 0)
    {
      g_autofree char *share = cpt_chart_format_share (get_value (context->data, step) /
                                                       get_value (context->data, 0));

      cpt_chart_draw_text_middle (context, share, &muted, context->width, y);
    }
  cpt_chart_add_mark (context, 0, (int) step, &row, funnel->left + funnel->width / 2, y);
}

static void
draw_funnel (CptChartContext *context)
{
  Funnel funnel = { 0 };
  guint n = context->data->categories->len;
  gboolean in_full;

  if (!init_funnel (&funnel, context))
    return;

  in_full = funnel.value_width >= measure_steps (&funnel, TRUE);
  for (guint i = 0; i + 1 < funnel.n_steps; i++)
    draw_connection (&funnel, i);
  for (guint i = 0; i < funnel.n_steps; i++)
    draw_step (&funnel, i, in_full);
  for (guint i = 0; funnel.is_falling && i + 1 < funnel.n_steps; i++)
    draw_conversion (&funnel, i);
  if (funnel.n_steps < n)
    {
      CptTextStyle style = { .color = context->style->muted };
      g_autofree char *more = cpt_chart_format_more (n - funnel.n_steps);

      cpt_chart_draw_text (context, more, &style, 0, context->height - 0.4 * context->em);
    }
  context->layout->plot = (CptChartRect){ funnel.left, 0, funnel.width,
                                          funnel.step * funnel.n_steps };
}

static char *
summarize_funnel (const CptChart *chart)
{
  const CptChartData *data = chart->data;
  guint n = data->categories->len;
  double first = n > 0 ? get_value (data, 0) : 0;
  double last = n > 0 ? get_value (data, n - 1) : 0;
  g_autofree char *first_label = NULL;
  g_autofree char *last_label = NULL;
  g_autofree char *first_value = NULL;
  g_autofree char *last_value = NULL;
  g_autofree char *share = NULL;

  if (n < 2 || first <= 0 || !is_falling (data))
    return cpt_chart_summarize_extremes (chart);

  first_label = cpt_chart_data_dup_label (data, 0);
  last_label = cpt_chart_data_dup_label (data, n - 1);
  first_value = cpt_chart_format_spoken (&data->unit, first);
  last_value = cpt_chart_format_spoken (&data->unit, last);
  share = cpt_chart_format_share (last / first);

  /* Translators: title; first step and its value; last step and its value; their share */
  return g_strdup_printf (_("%s: %s %s, %s %s, that is %s."), cpt_chart_get_title (chart),
                          first_label, first_value, last_label, last_value, share);
}

static char *
describe_step (const CptChart     *chart,
               const CptChartMark *mark)
{
  const CptChartData *data = chart->data;
  guint step = (guint) mark->category;
  double value = get_value (data, step);
  g_autofree char *label = cpt_chart_data_dup_label (data, step);
  g_autofree char *text = cpt_chart_format_spoken (&data->unit, value);
  g_autofree char *of_first = NULL;
  g_autofree char *of_before = NULL;

  if (step == 0 || get_value (data, step - 1) <= 0 || !is_falling (data))
    return g_strdup_printf (_("%s: %s"), label, text);

  of_before = cpt_chart_format_share (value / get_value (data, step - 1));
  of_first = cpt_chart_format_share (value / get_value (data, 0));

  /* Translators: step, value, share of the step before, share of the first step */
  return g_strdup_printf (_("%s: %s, %s of the step before, %s of the first"), label, text,
                          of_before, of_first);
}

static const CptChartChoice steps[] = {
  { "each", N_("What is at each step") },
  { "reached", N_("What has reached each step") },
  { NULL },
};

static const CptChartOption options[] = {
  { "steps", N_("Steps"), steps, "each" },
  { NULL },
};

const CptChartKind cpt_chart_funnel = {
  .name = "funnel",
  .options = options,
  .label = N_("Funnel"),
  .description = N_("What part goes on from step to step"),
  .icon_name = "cpt-chart-funnel-symbolic",
  .needs = CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_ORDER,
  .min_columns = 3,
  .min_rows = 3,
  .default_columns = 6,
  .default_rows = 4,
  .refuse = refuse_steps,
  .draw = draw_funnel,
  .summarize = summarize_funnel,
  .describe = describe_step,
};
