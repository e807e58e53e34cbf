/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours. Series take the palette of Okabe and Ito, lightened on dark ground
 * so that every one keeps 3:1 where it has to; nothing is told by colour
 * alone. Quiet areas are mixed from opaque colours rather than drawn with
 * transparency, which keeps PDFs small and prints predictable. */
#include "config.h"
#include "cpt-chart-style.h"

#include <string.h>

typedef struct
{
  const char *foreground;
  const char *muted;
  const char *background;
  const char *grid;
  const char *fill;
  const char *accent;
  const char *good;
  const char *bad;
  gboolean dark;
  gboolean patterns;
  double sampling;
} Theme;

static const Theme themes[] = {
  [CPT_CHART_THEME_LIGHT] = {
    .foreground = "#1d1f24",
    .muted = "#646a76",
    .background = "#ffffff",
    .grid = "#e8eaee",
    .fill = "#eff1f4",
    .accent = "#0072b2",
    .good = "#1b7a4b",
    .bad = "#c0321f",
    .sampling = 1,
  },
  [CPT_CHART_THEME_DARK] = {
    .foreground = "#f3f4f6",
    .muted = "#a3a8b3",
    .background = "#2a2a2e",
    .grid = "#3d3e44",
    .fill = "#38393f",
    .accent = "#56b4e9",
    .good = "#5fcf94",
    .bad = "#ff8f7d",
    .dark = TRUE,
    .sampling = 1,
  },
  [CPT_CHART_THEME_CONTRAST] = {
    .foreground = "#000000",
    .muted = "#262626",
    .background = "#ffffff",
    .grid = "#b4b4b4",
    .fill = "#dedede",
    .accent = "#00497a",
    .good = "#00532c",
    .bad = "#8f0e00",
    .patterns = TRUE,
    .sampling = 1,
  },
  [CPT_CHART_THEME_CONTRAST_DARK] = {
    .foreground = "#ffffff",
    .muted = "#e2e2e2",
    .background = "#000000",
    .grid = "#6a6a6a",
    .fill = "#333333",
    .accent = "#7cc8f5",
    .good = "#82efb4",
    .bad = "#ffab9c",
    .dark = TRUE,
    .patterns = TRUE,
    .sampling = 1,
  },
  [CPT_CHART_THEME_PRINT] = {
    .foreground = "#16181c",
    .muted = "#5a606b",
    .background = "#ffffff",
    .grid = "#dfe2e7",
    .fill = "#eef0f3",
    .accent = "#0072b2",
    .good = "#1b7a4b",
    .bad = "#b32b19",
    .sampling = 2,
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (themes) == CPT_CHART_N_THEMES);

static const char *const palettes[2][CPT_CHART_PALETTE_SIZE] = {
  { "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8a7a1e", "#7a808c" },
  { "#56b4e9", "#e9a81e", "#2cc79c", "#de96bd", "#3f8fd0", "#f0803c", "#e3d956", "#a3a8b3" },
};

gboolean
cpt_chart_color_parse (const char    *text,
                       CptChartColor *color)
{
  guint parts[4] = { 0, 0, 0, 255 };
  gsize length;

  g_return_val_if_fail (color != NULL, FALSE);

  if (text == NULL || text[0] != '#')
    return FALSE;
  length = strlen (text);
  if (length != 7 && length != 9)
    return FALSE;

  for (gsize i = 0; i < (length - 1) / 2; i++)
    {
      int high = g_ascii_xdigit_value (text[1 + 2 * i]);
      int low = g_ascii_xdigit_value (text[2 + 2 * i]);

      if (high < 0 || low < 0)
        return FALSE;
      parts[i] = (guint) (high * 16 + low);
    }

  *color = (CptChartColor){ parts[0] / 255.0, parts[1] / 255.0, parts[2] / 255.0, parts[3] / 255.0 };

  return TRUE;
}

static CptChartColor
color_from_table (const char *text)
{
  CptChartColor color = { 0, 0, 0, 1 };

  cpt_chart_color_parse (text, &color);

  return color;
}

void
cpt_chart_style_init (CptChartStyle *style,
                      CptChartTheme  theme)
{
  const Theme *table;

  g_return_if_fail (style != NULL);
  g_return_if_fail ((guint) theme < G_N_ELEMENTS (themes));

  table = &themes[theme];
  *style = (CptChartStyle){
    .foreground = color_from_table (table->foreground),
    .muted = color_from_table (table->muted),
    .background = color_from_table (table->background),
    .grid = color_from_table (table->grid),
    .fill = color_from_table (table->fill),
    .accent = color_from_table (table->accent),
    .good = color_from_table (table->good),
    .bad = color_from_table (table->bad),
    .font_family = "Cantarell,Adwaita Sans,Inter,Noto Sans,DejaVu Sans,sans-serif",
    .font_size = 12,
    .patterns = table->patterns,
    .sampling = table->sampling,
  };
  for (guint i = 0; i < CPT_CHART_PALETTE_SIZE; i++)
    style->palette[i] = color_from_table (palettes[table->dark ? 1 : 0][i]);
}

static double
linearize (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const CptChartColor *color)
{
  return 0.2126 * linearize (color->red) + 0.7152 * linearize (color->green) +
         0.0722 * linearize (color->blue);
}

double
cpt_chart_color_get_contrast (const CptChartColor *a,
                              const CptChartColor *b)
{
  double first, second;

  g_return_val_if_fail (a != NULL && b != NULL, 1);

  first = get_luminance (a);
  second = get_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

CptChartColor
cpt_chart_color_mix (const CptChartColor *a,
                     const CptChartColor *b,
                     double               amount)
{
  CptChartColor color = { 0, 0, 0, 1 };

  g_return_val_if_fail (a != NULL && b != NULL, color);

  color.red = a->red + (b->red - a->red) * amount;
  color.green = a->green + (b->green - a->green) * amount;
  color.blue = a->blue + (b->blue - a->blue) * amount;
  color.alpha = a->alpha + (b->alpha - a->alpha) * amount;

  return color;
}
