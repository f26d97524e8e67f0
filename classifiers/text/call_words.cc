#include "classifiers/text/call_words.h"

#include <algorithm>
#include <array>

namespace pantau {
namespace {

// Indonesian, Javanese, Sundanese, Banjar and Minangkabau.
constexpr auto kCallWords = std::to_array<std::string_view>({
    "ada",           "adalah",   "agar",        "aja",        "ajak",      "aku",
    "amanah",        "anak",     "anda",        "antar",      "antarkan",  "ayo",
    "ayok",          "ayu",      "bagi",        "bantu",      "bapak",     "bareng",
    "barisan",       "basamo",   "beri",        "berikan",    "bersama",   "bersatu",
    "besok",         "biar",     "bingung",     "bu",         "buat",      "bukan",
    "bung",          "bupati",   "cabup",       "cagub",      "calon",     "capres",
    "cawali",        "coblos",   "coblosen",    "cublos",     "dan",       "dari",
    "demi",          "di",       "doa",         "donga",      "dua",       "dukuang",
    "dukung",        "dukungan", "dukungannya", "duo",        "empat",     "ga",
    "gabung",        "ganti",    "gas",         "gaskeun",    "gub",       "gubernur",
    "gus",           "hadir",    "haram",       "harus",      "hati",      "hayu",
    "hayuk",         "hidup",    "ibu",         "ikut",       "indak",     "ingat",
    "ini",           "isukan",   "jadi",        "jadikan",    "jalan",     "jangan",
    "jatuhkan",      "jo",       "juara",       "juga",       "kabupaten", "kada",
    "kagem",         "kalau",    "kali",        "kami",       "kamu",      "kang",
    "kapok",         "kasih",    "kawal",       "ke",         "keluarga",  "kemenangan",
    "kepada",        "kita",     "kito",        "kompak",     "kota",      "lagi",
    "lali",          "lan",      "lanjut",      "lanjutkan",  "lawan",     "lima",
    "loro",          "lupa",     "lupo",        "mamilih",    "manangkan", "mancoblos",
    "mandukung",     "mari",     "mas",         "masa",       "mau",       "memenangkan",
    "memilih",       "memimpin", "menang",      "menangkan",  "mencoblos", "mending",
    "mendukung",     "mengajak", "merapat",     "milih",      "mohon",     "mulus",
    "nanti",         "nasib",    "ndukung",     "negeri",     "no",        "nomer",
    "nomor",         "nyoblos",  "nyuwun",      "ojo",        "orang",     "pak",
    "panyengkuyung", "pasangan", "paslon",      "percayakan", "pernah",    "piliah",
    "pilih",         "pilihan",  "pilihen",     "pilihlah",   "pimpin",    "pokoknya",
    "presiden",      "rabu",     "ragu",        "rakyat",     "rapatkan",  "rebut",
    "restu",         "saatnya",  "saja",        "sama",       "satu",      "satukan",
    "saya",          "sekarang", "semua",       "siap",       "siji",      "sing",
    "suara",         "sukses",   "tanggal",     "telu",       "tetap",     "tidak",
    "tiga",          "tilu",     "titip",       "tolak",      "tong",      "tps",
    "turunkan",      "tusuk",    "udah",        "udh",        "ulah",      "untuak",
    "untuk",         "urang",    "urut",        "usah",       "utk",       "wajib",
    "wali",          "walikota", "warga",       "ya",         "yang",      "yuk",
});

static_assert(std::ranges::is_sorted(kCallWords), "searched by halves");
static_assert(std::ranges::max(kCallWords, {}, &std::string_view::size).size() ==
              kCallWordLettersMax);

}  // namespace

bool is_call_word(std::string_view word) {
  return std::ranges::binary_search(kCallWords, word);
}

}  // namespace pantau
