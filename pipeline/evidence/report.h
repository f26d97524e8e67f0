// The readable report of a case, laid out after the supervisors' Form A (Laporan Hasil
// Pengawasan). Indonesian comes first, English headings second. It speaks of suspicion (dugaan)
// only: what is a violation is decided by others.
//
// It is made once, as a list of what stands where, and written as HTML and as PDF.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "pipeline/evidence/bag.h"
#include "pipeline/evidence/case_file.h"

namespace pantau {

// A part of a text; marked where a pattern matched.
struct ReportRun {
  std::string text;
  bool is_marked = false;
};

// A line of the form: what is asked for, and what is known.
struct ReportEntry {
  enum class Kind : std::uint8_t {
    Field,    // label and value
    Text,     // a paragraph
    Heading,  // of what follows
    Act,      // the words of an act, quoted
  };
  Kind kind = Kind::Field;
  std::string label_id;
  std::string label_en;
  std::vector<ReportRun> runs;
};

struct ReportSection {
  std::string title_id;
  std::string title_en;
  std::vector<ReportEntry> entries;
};

struct Report {
  std::string title_id;
  std::string title_en;
  std::string number;
  std::string made_at;
  std::vector<ReportSection> sections;
};

Report make_report(const CaseFile& file, BagKind kind);

// One page that needs nothing else: no scripts, nothing from outside, and a policy that says so.
std::string report_html(const Report& report);

// Fault::Config if the font is not installed.
Result<std::string> report_pdf(const Report& report);

// Text as people are to see it: what is no UTF-8 or a control character becomes U+FFFD, and what
// would turn the order of letters around or hide is written as its code, "[U+202E]".
std::string shown(std::string_view text);

// "[U+202E]", for a character that cannot be shown as itself.
std::string code_of(char32_t character);

}  // namespace pantau
