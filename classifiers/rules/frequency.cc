#include "classifiers/rules/frequency.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace pantau {
namespace {

// The commonest words of comments and posts, the commonest first, with those that campaigns are
// full of. Put in order by hand: from the kind of text that rules are for, no sample can be
// published. By Zipf's law, how often a word is used follows from its place in such a list.
constexpr std::string_view kCommonWords =
    "yang di dan itu ini untuk tidak dengan ada yg saya ya dari ke juga bisa sudah akan aja pada "
    "kita mau gak kalau jadi lagi banget karena apa orang kami semua atau aku lebih sama sangat "
    "nya banyak ga dalam tapi seperti hari buat pak bapak ibu oleh makan sih dia mereka kamu "
    "harus tahun kok dong satu saat masih udah baru belum hanya nih deh lah kan sekali bagi baik "
    "tempat rumah anak pagi malam nanti sekarang kalo telah punya bukan cuma paling agar supaya "
    "setelah sebelum antara lalu terus biar jangan pernah selalu sering sampai sejak hingga tanpa "
    "tentang terhadap namun sehingga maka bahwa ketika sambil selama secara para setiap beberapa "
    "kedua dua saja adalah dapat suka cukup waktu anda atas ingin kurang lain begitu dulu kali "
    "tetapi pun jam enak harga makanan bagus jalan kota desa kampung sekolah guru siswa kelas "
    "buku pasar warung minum nasi ikan ayam air kopi beras minyak uang gaji kerja kantor dinas "
    "kecamatan kabupaten provinsi negara indonesia jakarta pemerintah masyarakat warga rakyat "
    "kepala camat lurah bupati wali walikota gubernur presiden menteri wakil pegawai aparatur "
    "sipil asn pns netral netralitas pemilu pilkada calon kandidat paslon pasangan nomor no nomer "
    "urut suara pilih coblos memilih pilihan tps kampanye partai koalisi relawan pendukung dukung "
    "mendukung dukungan menang kemenangan menangkan kalah juara lanjut lanjutkan perubahan "
    "pembangunan program visi misi layanan pelayanan kesehatan pendidikan jembatan listrik bersih "
    "banjir hujan panas petani nelayan pedagang buruh motor mobil bus kereta pantai gunung sungai "
    "laut tanah api foto video gambar lagu musik film bola tim pemain keluarga ayah bunda kakak "
    "adik teman sahabat tetangga tamu undangan nikah lahir wafat sakit sehat dokter obat "
    "puskesmas doa amin aamiin alhamdulillah insyaallah assalamualaikum salam selamat terima "
    "kasih maaf tolong mohon silakan semoga sukses berkah lancar sabar bahagia senang sedih marah "
    "takut lucu cantik keren mantap hebat jelek mahal murah besar kecil tinggi panjang cepat jauh "
    "dekat lama tua muda kuat benar salah jujur penting perlu wajib boleh dilarang informasi "
    "berita media surat data rapat acara kegiatan jadwal senin selasa rabu kamis jumat sabtu "
    "minggu januari februari maret april mei juni juli agustus september oktober november "
    "desember ayo mari yuk gas siap saatnya bersama tetap pasti bu bang kang mas mbak nama memang "
    "tau tahu lihat datang masuk pakai ikut minta beri cinta hidup mati dunia islam allah tuhan "
    "agama politik hukum korupsi rezim periode jokowi prabowo anies ganjar 1 2 3 4 5 tiga empat "
    "lima";

constexpr std::size_t kWords = 1 + static_cast<std::size_t>(std::ranges::count(kCommonWords, ' '));

struct Word {
  std::string_view text;
  double frequency = 0;
};

// By Zipf's law, and in alphabetical order.
constexpr std::array<Word, kWords> kFrequencies = [] {
  std::array<Word, kWords> words;
  std::string_view rest = kCommonWords;
  for (std::size_t i = 0; i < kWords; i++) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    words[i] = {rest.substr(0, end), 0.1 / static_cast<double>(i + 3)};
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::ranges::sort(words, {}, &Word::text);
  return words;
}();

// Longer ones are rarer: of words that are not in the list, and of letters at a certain place.
// The numbers fit what was counted in public comments.
double by_length(double of_none, double factor, std::size_t bytes) {
  return of_none * std::pow(factor, static_cast<double>(bytes));
}

}  // namespace

double word_frequency(std::string_view word) {
  const auto found = std::ranges::lower_bound(kFrequencies, word, {}, &Word::text);
  if (found != kFrequencies.end() && found->text == word) return found->frequency;
  return by_length(6e-5, 0.9, word.size());
}

double prefix_frequency(std::string_view prefix) {
  double sum = by_length(5e-3, 0.57, prefix.size());
  for (auto word = std::ranges::lower_bound(kFrequencies, prefix, {}, &Word::text);
       word != kFrequencies.end() && word->text.starts_with(prefix); word++) {
    sum += word->frequency;
  }
  return sum;
}

double suffix_frequency(std::string_view suffix) {
  return by_length(0.01, 0.57, suffix.size()) + word_frequency(suffix);
}

double inside_frequency(std::string_view part) {
  return by_length(0.02, 0.57, part.size()) + word_frequency(part);
}

double frequency_together(double first, double second) {
  // Words that go together are oftener side by side than chance puts them there.
  constexpr double kTogether = 20;
  return std::min({first, second, kTogether * first * second});
}

double bytes_frequency(std::string_view bytes) {
  // In thousandths of all letters.
  constexpr std::array<int, 26> kLetters = {180, 25, 6,  42, 80, 3,  35, 24, 78, 7, 48, 32, 40,
                                            90,  20, 28, 1,  46, 42, 55, 50, 2,  5, 1,  16, 1};
  double product = 1;
  for (const char c : bytes) {
    const bool is_letter = c >= 'a' && c <= 'z';
    product *= is_letter ? kLetters[static_cast<std::size_t>(c - 'a')] / 1000.0 : 0.002;
  }
  return product;
}

}  // namespace pantau
