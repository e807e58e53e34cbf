/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The choices of how a file is read, folded away, since they are found out from
 * the file. The first item of each list stands for that, and what was found is
 * told beside it.
 */

#include "config.h"

#include "cpt-import-reading-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-money.h"

typedef enum
{
  PART_SHEET, /* of workbooks only, as the next two of other files */
  PART_ENCODING,
  PART_SEPARATOR,
  PART_HEADER,
  PART_DATES,
  PART_DECIMAL,
  PART_CURRENCY,
  N_PARTS
} Part;

struct _CptImportReadingRow
{
  AdwExpanderRow parent_instance;

  GtkWidget *rows[N_PARTS]; /* borrowed */
  CptImportReading reading;
  CptImportReading last; /* with which the plan was made */
  gboolean is_showing;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptImportReadingRow, cpt_import_reading_row, ADW_TYPE_EXPANDER_ROW)

static const char separators[] = CPT_CSV_SEPARATORS;
static const char decimals[] = { '.', ',' };

static const char *
get_separator_name (char separator)
{
  switch (separator)
    {
    case ',':
      return C_("separator", "Comma");
    case ';':
      return C_("separator", "Semicolon");
    case '\t':
      return C_("separator", "Tab");
    default:
      return C_("separator", "Vertical bar");
    }
}

static const char *
get_order_name (int order)
{
  static const char *const names[] = {
    [CPT_DATE_ORDER_YMD] = N_("Year, month, day"),
    [CPT_DATE_ORDER_DMY] = N_("Day, month, year"),
    [CPT_DATE_ORDER_MDY] = N_("Month, day, year"),
  };

  return _(names[order]);
}

static const char *
get_decimal_name (char decimal)
{
  return decimal == ',' ? C_("decimal mark", "Comma") : C_("decimal mark", "Point");
}

/* What the file looks like; NULL where it is chosen */
static const char *
get_found (CptImportReadingRow *self,
           CptImportPlan       *plan,
           Part                 part)
{
  switch (part)
    {
    case PART_SHEET:
      return self->reading.sheet[0] == '\0' ? plan->sheet : NULL;
    case PART_ENCODING:
      return self->reading.encoding == NULL ? plan->dialect.encoding : NULL;
    case PART_SEPARATOR:
      return self->reading.separator == 0 ? get_separator_name (plan->dialect.separator) : NULL;
    case PART_HEADER:
      return self->reading.header >= 0 ? NULL : plan->has_header ? C_("first row", "Names of columns")
                                                                 : C_("first row", "Data");
    case PART_DATES:
      return self->reading.date_order < 0 ? get_order_name (plan->date_order) : NULL;
    case PART_DECIMAL:
      return self->reading.decimal < 0 && plan->decimal != 0 ? get_decimal_name (plan->decimal) : NULL;
    case PART_CURRENCY:
      return self->reading.currency[0] == '\0' ? plan->currency : NULL;
    case N_PARTS:
    default:
      return NULL;
    }
}

static guint
find_text (const char *const *texts,
           const char        *text)
{
  for (guint i = 0; texts[i] != NULL; i++)
    if (g_strcmp0 (texts[i], text) == 0)
      return i + 1;

  return 0;
}

/* In the list, whose first item is "Automatic" */
static guint
find_sheet (CptImportReadingRow *self)
{
  GListModel *list = adw_combo_row_get_model (ADW_COMBO_ROW (self->rows[PART_SHEET]));

  for (guint i = 1; i < g_list_model_get_n_items (list); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (list), i), self->reading.sheet) == 0)
      return i;

  return 0;
}

static guint
find_mark (const char *marks,
           guint       n_marks,
           int         mark)
{
  for (guint i = 0; i < n_marks; i++)
    if (marks[i] == mark)
      return i + 1;

  return 0;
}

static guint
get_selected (CptImportReadingRow *self,
              Part                 part)
{
  const CptImportReading *reading = &self->reading;

  switch (part)
    {
    case PART_SHEET:
      return find_sheet (self);
    case PART_ENCODING:
      return find_text (cpt_import_encodings, reading->encoding);
    case PART_SEPARATOR:
      return find_mark (separators, strlen (separators), reading->separator);
    case PART_HEADER:
      return reading->header < 0 ? 0 : reading->header != 0 ? 1
                                                            : 2;
    case PART_DATES:
      return (guint) (reading->date_order + 1);
    case PART_DECIMAL:
      return find_mark (decimals, G_N_ELEMENTS (decimals), reading->decimal);
    case PART_CURRENCY:
      return find_text (cpt_currency_get_codes (), reading->currency);
    case N_PARTS:
    default:
      return 0;
    }
}

/* @selected: 0 for what is found out */
static void
choose (CptImportReadingRow *self,
        Part                 part,
        guint                selected)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self->rows[part])));
  CptImportReading *reading = &self->reading;

  switch (part)
    {
    case PART_SHEET:
      g_strlcpy (reading->sheet, selected > 0 ? gtk_string_list_get_string (list, selected) : "", sizeof reading->sheet);
      break;
    case PART_ENCODING:
      reading->encoding = selected > 0 ? cpt_import_encodings[selected - 1] : NULL;
      break;
    case PART_SEPARATOR:
      reading->separator = selected > 0 ? separators[selected - 1] : 0;
      break;
    case PART_HEADER:
      reading->header = selected == 0 ? -1 : selected == 1 ? 1
                                                           : 0;
      break;
    case PART_DATES:
      reading->date_order = (int) selected - 1;
      break;
    case PART_DECIMAL:
      reading->decimal = selected > 0 ? decimals[selected - 1] : -1;
      break;
    case PART_CURRENCY:
      g_strlcpy (reading->currency, selected > 0 ? cpt_currency_get_codes ()[selected - 1] : "", sizeof reading->currency);
      break;
    case N_PARTS:
    default:
      break;
    }
}

static void
selected_cb (AdwComboRow         *row,
             GParamSpec          *pspec,
             CptImportReadingRow *self)
{
  if (self->is_showing)
    return;

  for (Part part = 0; part < N_PARTS; part++)
    if (self->rows[part] == GTK_WIDGET (row))
      choose (self, part, adw_combo_row_get_selected (row));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Building */

static void
add_items (GtkStringList *list,
           Part           part)
{
  switch (part)
    {
    case PART_ENCODING:
      gtk_string_list_splice (list, 1, 0, cpt_import_encodings);
      break;
    case PART_SEPARATOR:
      for (guint i = 0; separators[i] != 0; i++)
        gtk_string_list_append (list, get_separator_name (separators[i]));
      break;
    case PART_HEADER:
      gtk_string_list_append (list, C_("first row", "Names of columns"));
      gtk_string_list_append (list, C_("first row", "Data"));
      break;
    case PART_DATES:
      for (int order = CPT_DATE_ORDER_YMD; order <= CPT_DATE_ORDER_MDY; order++)
        gtk_string_list_append (list, get_order_name (order));
      break;
    case PART_DECIMAL:
      for (guint i = 0; i < G_N_ELEMENTS (decimals); i++)
        gtk_string_list_append (list, get_decimal_name (decimals[i]));
      break;
    case PART_CURRENCY:
      gtk_string_list_splice (list, 1, 0, cpt_currency_get_codes ());
      break;
    case PART_SHEET:
    case N_PARTS:
    default:
      break;
    }
}

static void
cpt_import_reading_row_class_init (CptImportReadingRowClass *klass)
{
  /**
   * CptImportReadingRow::changed:
   *
   * The person chose how the file is read: it is to be read anew.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
cpt_import_reading_row_init (CptImportReadingRow *self)
{
  static const char *const titles[N_PARTS] = {
    [PART_SHEET] = N_("Sheet"),
    [PART_ENCODING] = N_("Encoding"),
    [PART_SEPARATOR] = N_("Columns are separated by"),
    [PART_HEADER] = N_("First row"),
    [PART_DATES] = N_("Dates"),
    [PART_DECIMAL] = N_("Decimal mark"),
    [PART_CURRENCY] = N_("Default currency"),
  };
  static const CptImportReading none = CPT_IMPORT_READING_INIT;

  self->reading = none;
  self->last = none;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("How the File Is Read"));
  for (Part part = 0; part < N_PARTS; part++)
    {
      GtkWidget *row = adw_combo_row_new ();
      g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

      gtk_string_list_append (list, _("Automatic"));
      add_items (list, part);
      /* Names of sheets are those of the file. */
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(titles[part]));
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self, 0);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      self->rows[part] = row;
    }
}

GtkWidget *
cpt_import_reading_row_new (void)
{
  return g_object_new (CPT_TYPE_IMPORT_READING_ROW, NULL);
}

static void
show_choice (CptImportReadingRow *self,
             Part                 part)
{
  self->is_showing = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->rows[part]), get_selected (self, part));
  self->is_showing = FALSE;
}

/* The sheets of a workbook take the place of what other files are asked for */
static void
show_sheets (CptImportReadingRow *self,
             CptImportPlan       *plan)
{
  AdwComboRow *row = ADW_COMBO_ROW (self->rows[PART_SHEET]);
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (row));

  gtk_widget_set_visible (GTK_WIDGET (row), plan->sheet != NULL);
  gtk_widget_set_visible (self->rows[PART_ENCODING], plan->sheet == NULL);
  gtk_widget_set_visible (self->rows[PART_SEPARATOR], plan->sheet == NULL);
  if (plan->sheet == NULL || g_list_model_get_n_items (G_LIST_MODEL (list)) > 1)
    return;

  self->is_showing = TRUE;
  gtk_string_list_splice (list, 1, 0, (const char *const *) plan->sheets);
  self->is_showing = FALSE;
}

static char *
dup_summary (CptImportPlan *plan)
{
  if (plan->sheet != NULL)
    return g_strdup_printf (_("Sheet “%s” of a workbook"), plan->sheet);
  if (plan->dialect.separator == '\t')
    return g_strdup_printf (_("%s, columns separated by tabs"), plan->dialect.encoding);

  /* Translators: how a file is written: "UTF-8, columns separated by “;”" */
  return g_strdup_printf (_("%s, columns separated by “%c”"), plan->dialect.encoding, plan->dialect.separator);
}

void
cpt_import_reading_row_set_plan (CptImportReadingRow *self,
                                 CptImportPlan       *plan)
{
  g_autofree char *summary = dup_summary (plan);
  g_autofree char *escaped = g_markup_escape_text (summary, -1);
  gboolean has_money = FALSE;

  g_return_if_fail (CPT_IS_IMPORT_READING_ROW (self));
  g_return_if_fail (plan != NULL);

  self->last = self->reading;
  show_sheets (self, plan);
  for (Part part = 0; part < N_PARTS; part++)
    {
      const char *found = get_found (self, plan, part);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[part]), found != NULL ? found : "");
    }

  for (guint i = 0; i < plan->entity->n_fields; i++)
    has_money = has_money || plan->entity->fields[i]->kind == CPT_FIELD_MONEY;
  gtk_widget_set_visible (self->rows[PART_CURRENCY], has_money);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

void
cpt_import_reading_row_refuse (CptImportReadingRow *self,
                               const char          *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  g_return_if_fail (CPT_IS_IMPORT_READING_ROW (self));

  self->reading = self->last;
  for (Part part = 0; part < N_PARTS; part++)
    show_choice (self, part);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
  gtk_widget_add_css_class (GTK_WIDGET (self), "error");
}

const CptImportReading *
cpt_import_reading_row_get_reading (CptImportReadingRow *self)
{
  g_return_val_if_fail (CPT_IS_IMPORT_READING_ROW (self), NULL);

  return &self->reading;
}
