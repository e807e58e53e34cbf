/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever stands in a workbook: reading ends, with rows of valid text or a
 * sentence. The first byte of the input says which part the rest is, '6' for the
 * archive itself. */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-xlsx-book.h"
#include "cpt-xlsx-reader.h"
#include "fuzz.h"

#define SHEET "<worksheet><sheetData><row r='1'><c t='s'><v>0</v></c><c s='1'><v>42663.25</v></c></row></sheetData></worksheet>"

const char *const fuzz_seeds[] = {
  "0" SHEET,
  "0<x:worksheet><x:sheetData><x:row r=\"3\"><x:c r=\"B3\" t=\"inlineStr\"><x:is><x:t>a</x:t><x:rPh><x:t>b</x:t></x:rPh></x:is>"
  "</x:c><x:c r=\"XFD3\" t=\"e\"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c></x:row><x:row/></x:sheetData></x:worksheet>",
  "0<worksheet><row><c s=\"2\"><v>1e300</v></c><c s=\"1\"><v>-1</v></c><c t=\"d\"><v>2016-10-20T10:00</v></c><c t=\"b\"><v>1</v></c>"
  "<c s=\"99999999999\"><v>1</v></c><c t=\"s\"><v>-1</v></c></row></worksheet>",
  "1<sst><si><t>a</t></si><si><r><t>b</t></r><r><t>c</t></r></si></sst>",
  "2<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[$EUR-40C]#,##0.00&quot;x&quot;\\ [h]:mm;@\"/></numFmts><cellXfs>"
  "<xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>",
  "3<Relationships><Relationship Id=\"r0\" Type=\"x/worksheet\" Target=\"worksheets/sheet.xml\"/></Relationships>",
  "4<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"a\" r:id=\"r0\"/><sheet name=\"b\" r:id=\"r0\"/></sheets></workbook>",
  "5<Relationships><Relationship Id='r' Type='x/officeDocument' Target='/xl/workbook.xml'/></Relationships>",
  "6PK\003\004nothing of it",
  NULL,
};

static const struct
{
  const char *name;
  const char *text;
} parts[] = {
  { "xl/worksheets/sheet.xml", SHEET },
  { "xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>" },
  { "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>" },
  { "xl/_rels/workbook.xml.rels",
    "<Relationships><Relationship Id='r0' Type='x/worksheet' Target='worksheets/sheet.xml'/>"
    "<Relationship Id='r1' Type='x/sharedStrings' Target='sharedStrings.xml'/>"
    "<Relationship Id='r2' Type='x/styles' Target='/xl/styles.xml'/></Relationships>" },
  { "xl/workbook.xml", "<workbook><sheets><sheet name='a' r:id='r0'/></sheets></workbook>" },
  { "_rels/.rels", "<Relationships><Relationship Id='r' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>" },
};

/* A run writes a file: behind the seeds only some inputs are taken. */
#define N_SEEDS G_N_ELEMENTS (fuzz_seeds)
#define TAKE_EACH 8

static void
add_part (struct archive *archive,
          const char     *name,
          const void     *bytes,
          gsize           length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_write_header (archive, entry);
  archive_write_data (archive, bytes, length);
  archive_entry_free (entry);
}

static void
write_book (const char   *path,
            guint         which,
            const guint8 *bytes,
            gsize         length)
{
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  archive_write_open_filename (archive, path);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (i == which)
        add_part (archive, parts[i].name, bytes, length);
      else
        add_part (archive, parts[i].name, parts[i].text, strlen (parts[i].text));
    }
  archive_write_close (archive);
  archive_write_free (archive);
}

static void
read_book (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptXlsxReader) reader = cpt_xlsx_reader_open (path, NULL, ',', &error);
  CptCsvRow row = { 0 };
  guint64 line = 0;

  while (reader != NULL && cpt_xlsx_reader_next (reader, &row, NULL, &error))
    {
      g_assert_cmpuint (row.line, >, line);
      line = row.line;
      for (guint i = 0; i < row.n_fields; i++)
        {
          g_assert_true (g_utf8_validate (row.fields[i], -1, NULL));
          g_assert_true (!cpt_xlsx_reader_is_error (reader, i) || *row.fields[i] != '\0');
        }
    }
  g_assert_true (reader != NULL || error != NULL);
  g_assert_true (error == NULL || (error->domain == CPT_ERROR && g_utf8_validate (error->message, -1, NULL)));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  static char *path;
  static guint n_inputs;
  guint which;

  if (length == 0 || (n_inputs++ >= N_SEEDS && n_inputs % TAKE_EACH != 0))
    return 0;
  if (path == NULL)
    {
      g_autofree char *folder = g_dir_make_tmp ("cpt-fuzz-XXXXXX", NULL);

      path = g_build_filename (folder, "book.xlsx", NULL);
    }

  which = (guint8) (bytes[0] - '0') % (G_N_ELEMENTS (parts) + 1);
  if (which == G_N_ELEMENTS (parts))
    g_assert_true (g_file_set_contents (path, (const char *) bytes + 1, (gssize) length - 1, NULL));
  else
    write_book (path, which, bytes + 1, length - 1);
  read_book (path);

  return 0;
}
