// The report as PDF, by libharu, with its font embedded.
//
// The library knows characters of the basic plane only, and lays letters out one after the other:
// an emoji, or a character that the font lacks, is printed as its code, "[U+1F44D]", and text
// that is written from right to left is not joined. The page says so, and where the whole is.
#include <fmt/format.h>
#include <ft2build.h>
#include <hpdf.h>
#include FT_FREETYPE_H

#include <chrono>
#include <memory>

#include "classifiers/base/time.h"
#include "pipeline/evidence/report.h"
#include "pipeline/evidence/utf8_reader.h"

namespace pantau {
namespace {

constexpr char kFont[] = PANTAU_FONT_FOLDER "/DejaVuSans.ttf";
constexpr char kBoldFont[] = PANTAU_FONT_FOLDER "/DejaVuSans-Bold.ttf";

// A text of megabytes would be thousands of pages; all of it is in the other files.
constexpr std::size_t kReportPagesMax = 500;

constexpr std::size_t kWordBytesMax = 200;

constexpr float kMargin = 56;
constexpr float kLabelWidth = 150;
constexpr float kBodySize = 9;
constexpr float kSmallSize = 7;
constexpr float kTitleSize = 14;
constexpr float kSectionSize = 11;
constexpr float kLeading = 1.35F;

constexpr std::string_view kNote =
    "Karakter yang tidak ada dalam huruf cetak ini ditulis sebagai kodenya, misalnya [U+1F44D]; "
    "teks yang utuh ada di data/items. / Characters that this font lacks are printed as codes; "
    "the whole text is in data/items.";
constexpr std::string_view kCutNote =
    "Laporan cetak berhenti di sini; selebihnya ada di report.html. / The printed report ends "
    "here; the rest is in report.html.";

struct FreeDocument {
  void operator()(HPDF_Doc document) const { HPDF_Free(document); }
};
using Document = std::unique_ptr<_HPDF_Doc_Rec, FreeDocument>;

// Which characters a font can draw.
class Coverage {
 public:
  explicit Coverage(const char* file) {
    if (FT_Init_FreeType(&library_) != 0) library_ = nullptr;
    if (library_ != nullptr && FT_New_Face(library_, file, 0, &face_) != 0) face_ = nullptr;
  }
  Coverage(const Coverage&) = delete;
  Coverage& operator=(const Coverage&) = delete;
  ~Coverage() {
    if (face_ != nullptr) FT_Done_Face(face_);
    if (library_ != nullptr) FT_Done_FreeType(library_);
  }

  bool is_there() const { return face_ != nullptr; }
  bool has(char32_t c) const { return c <= 0xFFFF && FT_Get_Char_Index(face_, c) != 0; }

 private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
};

std::string printable(std::string_view text, const Coverage& coverage) {
  std::string result;
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    const bool shows = next.code && (*next.code == '\n' || coverage.has(*next.code));
    if (shows) result += text.substr(0, next.size);
    if (!shows) result += code_of(next.code.value_or(0xFFFD));
    text.remove_prefix(next.size);
  }
  return result;
}

// Puts words on pages, line after line.
class PdfWriter {
 public:
  PdfWriter(HPDF_Doc document, const Coverage& coverage, HPDF_Font body, HPDF_Font bold)
      : document_(document), coverage_(coverage), body_(body), bold_(bold) {}

  void write(const Report& report) {
    number_ = printable(report.number, coverage_);
    new_page();
    paragraph(bold_, kTitleSize, report.title_id);
    paragraph(body_, kBodySize, report.title_en);
    paragraph(bold_, kBodySize, "Nomor " + report.number + ", " + report.made_at);
    paragraph(body_, kSmallSize, kNote);
    for (const ReportSection& section : report.sections) {
      y_ -= kSectionSize;
      paragraph(bold_, kSectionSize, section.title_id);
      paragraph(body_, kSmallSize, section.title_en);
      for (const ReportEntry& entry : section.entries) {
        if (is_full()) break;
        add(entry);
      }
    }
    if (is_full()) {
      limit_++;
      new_page();
      paragraph(bold_, kBodySize, kCutNote);
    }
  }

 private:
  bool is_full() const { return pages_ >= limit_; }

  void new_page() {
    page_ = HPDF_AddPage(document_);
    pages_++;
    HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    y_ = HPDF_Page_GetHeight(page_) - kMargin;
    x_ = left_;
    const std::string foot = fmt::format("{} · {}", number_, pages_);
    draw(body_, kSmallSize, kMargin, kMargin / 2, foot);
  }

  float right() const { return HPDF_Page_GetWidth(page_) - kMargin; }

  void draw(HPDF_Font font, float size, float x, float y, const std::string& text) {
    HPDF_Page_BeginText(page_);
    HPDF_Page_SetFontAndSize(page_, font, size);
    HPDF_Page_TextOut(page_, x, y, text.c_str());
    HPDF_Page_EndText(page_);
  }

  void new_line(float size) {
    y_ -= size * kLeading;
    x_ = left_;
    if (y_ < kMargin && !is_full()) new_page();
  }

  float width_of(HPDF_Font font, float size, const std::string& text) {
    HPDF_Page_SetFontAndSize(page_, font, size);
    return HPDF_Page_TextWidth(page_, text.c_str());
  }

  // A word, or as much of it as fits on a line at a time.
  void put_word(HPDF_Font font, float size, std::string_view word, bool is_marked) {
    while (!word.empty() && y_ >= kMargin) {
      std::string part(word);
      float width = width_of(font, size, part);
      if (x_ + width > right() && x_ > left_) {
        new_line(size);
        continue;
      }
      if (x_ + width > right()) {
        part = fitting(font, size, word);
        width = width_of(font, size, part);
      }
      if (is_marked) {
        HPDF_Page_SetRGBFill(page_, 1.0F, 0.89F, 0.54F);
        HPDF_Page_Rectangle(page_, x_, y_ - size * 0.25F, width, size * 1.2F);
        HPDF_Page_Fill(page_);
        HPDF_Page_SetRGBFill(page_, 0, 0, 0);
      }
      draw(font, size, x_, y_, part);
      x_ += width;
      word.remove_prefix(part.size());
    }
  }

  std::string fitting(HPDF_Font font, float size, std::string_view word) {
    std::string part;
    while (part.size() < word.size()) {
      const std::size_t next = first_character(word.substr(part.size())).size;
      std::string longer(word.substr(0, part.size() + next));
      if (!part.empty() && x_ + width_of(font, size, longer) > right()) break;
      part = std::move(longer);
    }
    return part;
  }

  // Words with their blanks, so that marks have no gaps.
  void put(HPDF_Font font, float size, const ReportRun& run) {
    const std::string text = printable(run.text, coverage_);
    std::size_t start = 0;
    while (start < text.size() && !is_done()) {
      if (text[start] == '\n') {
        new_line(size);
        start++;
        continue;
      }
      const std::size_t end = start + word_size(std::string_view(text).substr(start));
      put_word(font, size, std::string_view(text).substr(start, end - start), run.is_marked);
      start = end;
    }
  }

  // The library refuses to measure what is very long.
  static std::size_t word_size(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && size < kWordBytesMax && text[size] != '\n') {
      if (text[size] == ' ') return size + 1;
      size += first_character(text.substr(size)).size;
    }
    return size;
  }

  bool is_done() const { return is_full() && y_ < kMargin; }

  void paragraph(HPDF_Font font, float size, std::string_view text) {
    left_ = kMargin;
    x_ = left_;
    if (y_ - size * kLeading < kMargin && !is_full()) new_page();
    y_ -= size * 0.35F;
    put(font, size, {std::string(text), false});
    new_line(size);
  }

  void add(const ReportEntry& entry) {
    switch (entry.kind) {
      case ReportEntry::Kind::Heading:
        y_ -= kBodySize * 0.8F;
        paragraph(bold_, kBodySize, entry.label_id + " / " + entry.label_en);
        return;
      case ReportEntry::Kind::Text:
        for (const ReportRun& run : entry.runs) paragraph(body_, kBodySize, run.text);
        return;
      case ReportEntry::Kind::Act:
      case ReportEntry::Kind::Field:
        add_field(entry);
        return;
    }
  }

  void add_field(const ReportEntry& entry) {
    left_ = kMargin;
    x_ = left_;
    if (y_ - 2 * kBodySize * kLeading < kMargin && !is_full()) new_page();
    draw(bold_, kBodySize, kMargin, y_, printable(entry.label_id, coverage_));
    const float top = y_;
    const std::size_t page = pages_;
    left_ = kMargin + kLabelWidth;
    x_ = left_;
    draw(body_, kSmallSize, kMargin, y_ - kSmallSize * kLeading,
         printable(entry.label_en, coverage_));
    for (const ReportRun& run : entry.runs) put(body_, kBodySize, run);
    new_line(kBodySize);
    const float below_label = top - (kBodySize + kSmallSize) * kLeading;
    if (pages_ == page && y_ > below_label) y_ = below_label;
  }

  HPDF_Doc document_;
  const Coverage& coverage_;
  HPDF_Font body_;
  HPDF_Font bold_;
  HPDF_Page page_ = nullptr;
  std::string number_;
  std::size_t pages_ = 0;
  std::size_t limit_ = kReportPagesMax;
  float left_ = kMargin;
  float x_ = kMargin;
  float y_ = 0;
};

void set_date(HPDF_Doc document, std::string_view time) {
  const Instant instant = parse_rfc3339(time).value_or(Instant());
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(instant - day));
  HPDF_Date made{};
  made.year = static_cast<int>(date.year());
  made.month = static_cast<HPDF_INT>(static_cast<unsigned>(date.month()));
  made.day = static_cast<HPDF_INT>(static_cast<unsigned>(date.day()));
  made.hour = static_cast<HPDF_INT>(clock.hours().count());
  made.minutes = static_cast<HPDF_INT>(clock.minutes().count());
  made.seconds = static_cast<HPDF_INT>(clock.seconds().count());
  made.ind = 'Z';
  HPDF_SetInfoDateAttr(document, HPDF_INFO_CREATION_DATE, made);
  HPDF_SetInfoDateAttr(document, HPDF_INFO_MOD_DATE, made);
}

HPDF_Font load(HPDF_Doc document, const char* file) {
  const char* const name = HPDF_LoadTTFontFromFile(document, file, HPDF_TRUE);
  return name == nullptr ? nullptr : HPDF_GetFont(document, name, "UTF-8");
}

Result<std::string> bytes_of(HPDF_Doc document) {
  if (HPDF_SaveToStream(document) != HPDF_OK || HPDF_GetError(document) != HPDF_OK) {
    return fail(Fault::Storage,
                fmt::format("report.pdf: the library's fault {:#x}", HPDF_GetError(document)));
  }
  HPDF_UINT32 size = HPDF_GetStreamSize(document);
  std::string bytes(size, '\0');
  HPDF_ReadFromStream(document, reinterpret_cast<HPDF_BYTE*>(bytes.data()), &size);
  bytes.resize(size);
  return bytes;
}

}  // namespace

Result<std::string> report_pdf(const Report& report) {
  const Coverage coverage(kFont);
  // Without a handler of ours the library remembers its first fault and does nothing more.
  const Document document(HPDF_New(nullptr, nullptr));
  if (document == nullptr) return fail(Fault::Storage, "report.pdf: no memory");
  HPDF_UseUTFEncodings(document.get());
  HPDF_SetCompressionMode(document.get(), HPDF_COMP_ALL);
  HPDF_Font const body = coverage.is_there() ? load(document.get(), kFont) : nullptr;
  HPDF_Font const bold = body != nullptr ? load(document.get(), kBoldFont) : nullptr;
  if (bold == nullptr) {
    return fail(Fault::Config, fmt::format("{} cannot be read: the report needs the fonts of "
                                           "the package fonts-dejavu-core",
                                           kFont));
  }
  set_date(document.get(), report.made_at);
  HPDF_SetInfoAttr(document.get(), HPDF_INFO_TITLE, file_name_of(report.number).c_str());
  PdfWriter(document.get(), coverage, body, bold).write(report);
  return bytes_of(document.get());
}

}  // namespace pantau
