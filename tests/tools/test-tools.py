#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tools that check the source find what they are for. Tells TAP."""
import importlib.util
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def load(name):
    spec = importlib.util.spec_from_file_location(name.replace('-', '_'), HERE / f'{name}.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


form, source, count = load('format'), load('check-source'), load('count-tests')
C_FILE, HEADER = form.ROOT / 'src' / 'cpt-x.c', form.ROOT / 'src' / 'cpt-x.h'

FORMS = [  # what it is about, the file, as written, as it should be
    ('parameters of a definition stand in columns', C_FILE,
     'static int\nfoo (const char *a, GError **error)\n{\n  return 1;\n}\n',
     'static int\nfoo (const char  *a,\n     GError     **error)\n{\n  return 1;\n}\n'),
    ('one parameter stays where it is', C_FILE,
     'int\nfoo (void *a)\n{\n  return 1;\n}\n', 'int\nfoo (void *a)\n{\n  return 1;\n}\n'),
    ('parameters of a prototype stand in columns', HEADER,
     'gboolean cpt_foo  (int a,\n  const char *b,\n      GError **error);\n',
     'gboolean cpt_foo  (int          a,\n                   const char  *b,\n                   GError     **error);\n'),
    ('marked text has no space, and its arguments move along', C_FILE,
     'void\nfoo (void)\n{\n  foo (_ ("a"), C_ ("b",\n                    "c"));\n}\n',
     'void\nfoo (void)\n{\n  foo (_("a"), C_("b",\n                  "c"));\n}\n'),
    ('a list with several values a line stays packed', C_FILE,
     'static const int a[] = {\n  1, 2, 3,\n  4, 5, 6,\n};\n', 'static const int a[] = {\n  1, 2, 3,\n  4, 5, 6,\n};\n'),
    ('two strings on a line stay together', C_FILE,
     'static const char *a = "b" "c";\n', 'static const char *a = "b" "c";\n'),
    ('a string between commas is left alone', C_FILE,
     'void\nfoo (void)\n{\n  bar ("a", " ", "b");\n}\n', 'void\nfoo (void)\n{\n  bar ("a", " ", "b");\n}\n'),
    ('white space at the end goes', HEADER, 'int a;  \n\n\n', 'int a;\n'),
]

BODY = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n/* What it is for. */\n#include "config.h"\n#include "cpt-x.h"\n\n'
RULES = [  # the rule, the file, text that breaks it
    ('licence', 'src/base/cpt-x.c', '/* What it is for. */\n#include "config.h"\n'),
    ('purpose', 'src/base/cpt-x.c', '/* SPDX-License-Identifier: GPL-3.0-or-later */\n#include "config.h"\n'),
    ('pragma', 'src/base/cpt-x.h', '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'),
    ('file-lines', 'src/base/cpt-x.c', BODY + '\n' * 800),
    ('function-lines', 'src/base/cpt-x.c', BODY + 'static void\nfoo (void)\n{\n' + '  a ();\n' * 61 + '}\n'),
    ('parameters', 'src/base/cpt-x.c', BODY + f'int\nfoo ({", ".join(f"int a{i}" for i in range(8))})\n{{\n}}\n'),
    ('nesting', 'src/base/cpt-x.c', BODY + 'void\nfoo (void)\n{\n' + '  if (a)\n  {\n' * 5 + '  }\n' * 5 + '}\n'),
    ('line-length', 'src/base/cpt-x.c', BODY + 'int ' + 'a' * 130 + ';\n'),
    ('includes', 'src/base/cpt-x.c', BODY + '#include <string.h>\n#include <stdio.h>\n'),
    ('includes', 'src/base/cpt-x.c', BODY.replace('#include "config.h"\n', '')),
    ('includes', 'src/base/cpt-x.c', BODY + '#include "cpt-a.h"\n\n#include <stdio.h>\n\n#include "cpt-b.h"\n\n#include <a.h>\n'),
    ('goto', 'src/base/cpt-x.c', BODY + 'void\nfoo (void)\n{\n  goto out;\n}\n'),
    ('abort', 'src/base/cpt-x.c', BODY + 'void\nfoo (void)\n{\n  g_error ("x");\n}\n'),
    ('format', 'src/base/cpt-x.c', BODY + 'void\nfoo (void)\n{\n  sprintf (a, "x");\n}\n'),
    ('gtk', 'src/store/cpt-x.c', BODY + 'void\nfoo (void)\n{\n  gtk_init ();\n}\n'),
    ('cairo', 'src/store/cpt-x.c', BODY + 'void\nfoo (void)\n{\n  cairo_save (cr);\n}\n'),
    ('sqlite', 'src/app/cpt-x.c', BODY + 'void\nfoo (void)\n{\n  sqlite3_close (a);\n}\n'),
    ('later', 'src/base/cpt-x.c', BODY + '/* TODO */\n'),
    ('line-comment', 'src/base/cpt-x.c', BODY + '// no\n'),
]


def form_is(path, written, wanted):
    got = form.format_text(path, written)
    assert got == wanted, f'{got!r}'
    assert form.format_text(path, got) == got, 'changes again'


def rule_is_found(rule, name, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding='utf-8')
        checker = source.Checker()
        source.ROOT = pathlib.Path(folder)
        source.check_file(checker, pathlib.Path(name))
        assert rule in {found[0] for found in checker.found}, checker.found


def clean_file_has_no_complaint():
    with tempfile.TemporaryDirectory() as folder:
        name = pathlib.Path('src/base/cpt-x.c')
        (folder / name).parent.mkdir(parents=True)
        text = BODY + '#include <gio/gio.h>\n\n#include "cpt-a.h"\n\nvoid\ncpt_x (void)\n{\n  /* goto is a word */\n}\n'
        (folder / name).write_text(text, encoding='utf-8')
        checker = source.Checker()
        source.ROOT = pathlib.Path(folder)
        source.check_file(checker, name)
        assert not checker.found, checker.found


def exceptions_only_shrink():
    source.read_exceptions = lambda: {('function-lines', 'a.c:foo'): 70, ('goto', 'b.c'): None, ('tab', 'c.c'): None}
    found = [('function-lines', 'a.c:foo', 65, ''), ('goto', 'b.c:3', None, ''), ('goto', 'b.c:9', None, '')]
    complaints = source.apply_exceptions(found)
    assert len(complaints) == 2, complaints
    assert any('lower the exception' in one for one in complaints), complaints
    assert any('c.c: tab: the exception is not needed' in one for one in complaints), complaints


def tap_is_counted():
    text = '1..4\nok 1 /a/b\nnot ok 2 - c\nok 3 d # SKIP no screen\nnot ok 4 e # TODO\n# ok not a point\n'
    assert count.read_tap(text) == (2, 1, ['c']), count.read_tap(text)


def main():
    cases = [(f'format: {title}', lambda r=rest: form_is(*r)) for title, *rest in FORMS]
    cases += [(f'rule {rule} is found ({number})', lambda r=(rule, *rest): rule_is_found(*r))
              for number, (rule, *rest) in enumerate(RULES)]
    cases += [(one.__name__.replace('_', ' '), one)
              for one in (clean_file_has_no_complaint, exceptions_only_shrink, tap_is_counted)]
    failed = 0
    print(f'1..{len(cases)}')
    for number, (title, case) in enumerate(cases, 1):
        try:
            case()
            print(f'ok {number} - {title}')
        except AssertionError as error:
            failed += 1
            print(f'not ok {number} - {title}\n# {error}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
