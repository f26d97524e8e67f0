#include <openssl/evp.h>

#include <array>

#include "pipeline/evidence/report.h"

namespace pantau {
namespace {

constexpr std::string_view kStyle =
    "body{font:11pt/1.45 'DejaVu Sans','Noto Sans',sans-serif;max-width:48rem;margin:2rem auto;"
    "padding:0 1rem;color:#111;background:#fff}"
    "h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;border-bottom:2px solid #111;"
    "margin:2rem 0 .6rem}h3{font-size:1rem;margin:1.4rem 0 .4rem}"
    "small{color:#555;font-weight:normal;font-style:italic}"
    "dl{display:grid;grid-template-columns:14rem 1fr;gap:.3rem 1rem;margin:0}"
    "dt{font-weight:bold}dt small{display:block}dd{margin:0;overflow-wrap:anywhere}"
    "blockquote{grid-column:1/-1;margin:.4rem 0;padding:.6rem 1rem;border-left:4px solid #888;"
    "background:#f5f5f5;white-space:pre-wrap;overflow-wrap:anywhere}"
    "mark{background:#ffe28a;color:#000;text-decoration:underline}"
    "@media(max-width:40rem){dl{grid-template-columns:1fr}}"
    "@media print{body{margin:0;max-width:none}h3{break-after:avoid}}";

// The policy names the only style sheet by its hash, so not even a style can be smuggled in.
std::string hash_of_style() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(kStyle.data(), kStyle.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::array<unsigned char, EVP_MAX_MD_SIZE * 2> base64{};
  const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  return {base64.begin(), base64.begin() + length};
}

void escape(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

void add_title(std::string& out, std::string_view tag, std::string_view id, std::string_view en) {
  out += '<';
  out += tag;
  out += '>';
  escape(out, id);
  if (!en.empty()) {
    out += " <small lang=\"en\">";
    escape(out, en);
    out += "</small>";
  }
  out += "</";
  out += tag;
  out += ">\n";
}

// Whoever wrote the words chose their direction; around them it stays as it is.
void add_runs(std::string& out, const ReportEntry& entry) {
  out += "<bdi>";
  for (const ReportRun& run : entry.runs) {
    if (run.is_marked) out += "<mark>";
    escape(out, run.text);
    if (run.is_marked) out += "</mark>";
  }
  out += "</bdi>";
}

class HtmlWriter {
 public:
  std::string write(const Report& report) {
    head(report);
    for (const ReportSection& section : report.sections) {
      add_title(out_, "h2", section.title_id, section.title_en);
      for (const ReportEntry& entry : section.entries) add(entry);
      end_list();
    }
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void head(const Report& report) {
    out_ += "<!DOCTYPE html>\n<html lang=\"id\">\n<head>\n<meta charset=\"utf-8\">\n";
    out_ +=
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'sha256-" +
        hash_of_style() + "'; base-uri 'none'; form-action 'none'\">\n";
    out_ += "<meta name=\"referrer\" content=\"no-referrer\">\n";
    out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    escape(out_, report.number + ": " + report.title_id);
    out_ += "</title>\n<style>";
    out_ += kStyle;
    out_ += "</style>\n</head>\n<body>\n";
    add_title(out_, "h1", report.title_id, report.title_en);
    out_ += "<p>Nomor <strong>";
    escape(out_, report.number);
    out_ += "</strong>, ";
    escape(out_, report.made_at);
    out_ += "</p>\n";
  }

  void add(const ReportEntry& entry) {
    switch (entry.kind) {
      case ReportEntry::Kind::Heading:
        end_list();
        add_title(out_, "h3", entry.label_id, entry.label_en);
        return;
      case ReportEntry::Kind::Text:
        end_list();
        out_ += "<p>";
        add_runs(out_, entry);
        out_ += "</p>\n";
        return;
      case ReportEntry::Kind::Act:
        add_label(entry);
        out_ += "<dd><blockquote>";
        add_runs(out_, entry);
        out_ += "</blockquote></dd>\n";
        return;
      case ReportEntry::Kind::Field:
        add_label(entry);
        out_ += "<dd>";
        add_runs(out_, entry);
        out_ += "</dd>\n";
        return;
    }
  }

  void add_label(const ReportEntry& entry) {
    if (!in_list_) out_ += "<dl>\n";
    in_list_ = true;
    add_title(out_, "dt", entry.label_id, entry.label_en);
  }

  void end_list() {
    if (in_list_) out_ += "</dl>\n";
    in_list_ = false;
  }

  std::string out_;
  bool in_list_ = false;
};

}  // namespace

std::string report_html(const Report& report) {
  return HtmlWriter().write(report);
}

}  // namespace pantau
