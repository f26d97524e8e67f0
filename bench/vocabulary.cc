#include "bench/vocabulary.h"

#include <array>
#include <unordered_set>

namespace pantau::bench {
namespace {

constexpr std::size_t kDraws = std::size_t{1} << 18;
constexpr std::size_t kWords = 12000;

constexpr std::string_view kCommonWords =
    "yang di dan itu ini dengan untuk tidak dari ada ya juga saya ke kita sudah bisa akan pada "
    "aja yg gak lagi karena mau kami kalau orang semua atau lebih sama banyak apa bapak ibu pak "
    "hari jadi dalam tapi udah banget satu saat masih oleh seperti harus tahun dia mereka sih "
    "kok dong deh nih kan lah baru anak bagi baik buat pagi malam besok nanti sekarang kalo "
    "dapat telah punya bukan cuma hanya sangat paling agar supaya setelah sebelum antara oleh "
    "lalu terus biar jangan belum pernah selalu sering sampai sejak hingga tanpa tentang "
    "terhadap namun sehingga maka bahwa ketika sambil selama secara para setiap beberapa kedua "
    "rumah jalan kota desa kampung sekolah guru murid siswa kelas buku pasar warung makan minum "
    "nasi ikan ayam sayur buah kopi teh gula garam harga beras minyak uang gaji kerja kantor "
    "dinas kecamatan kabupaten provinsi negara indonesia jakarta pemerintah masyarakat warga "
    "rakyat kepala camat lurah bupati wali gubernur presiden menteri pegawai aparatur sipil "
    "netral netralitas pemilu pilkada calon kandidat paslon nomor urut suara pilih coblos tps "
    "kampanye partai koalisi relawan pendukung dukung menang kalah juara lanjut lanjutkan "
    "perubahan pembangunan program layanan pelayanan kesehatan pendidikan infrastruktur jembatan "
    "listrik air bersih banjir hujan panas angin sawah kebun petani nelayan pedagang buruh sopir "
    "ojek motor mobil bus kereta kapal pesawat bandara terminal pelabuhan hotel wisata pantai "
    "gunung sungai danau hutan laut pulau tanah api kayu batu besi emas perak baju celana sepatu "
    "tas topi kacamata jam hp laptop internet sinyal video foto gambar lagu musik film bola "
    "voli lari senam olahraga lomba piala medali tim pemain pelatih lapangan stadion pertandingan "
    "keluarga ayah bunda kakak adik nenek kakek paman bibi sepupu teman sahabat tetangga tamu "
    "undangan nikah lahir wafat sakit sehat dokter perawat bidan obat rumahsakit puskesmas vaksin "
    "doa amin alhamdulillah insyaallah subhanallah assalamualaikum salam selamat terima kasih "
    "maaf tolong mohon silakan semoga sukses berkah rezeki lancar sabar syukur ikhlas bahagia "
    "senang sedih marah takut lucu cantik ganteng keren mantap hebat bagus jelek mahal murah "
    "besar kecil tinggi rendah panjang pendek berat ringan cepat lambat jauh dekat baru lama tua "
    "muda kaya miskin kuat lemah benar salah jujur bohong penting perlu wajib boleh dilarang "
    "pengumuman informasi berita media surat dokumen data laporan rapat upacara acara kegiatan "
    "jadwal senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli "
    "agustus september oktober november desember";

constexpr std::string_view kStems =
    "ajar ambil angkat antar atur baca bagi bahas bangun bantu batas bawa bayar beli beri bersih "
    "buat bubar buka bukti cari catat cegah cepat cetak coba daftar damping dapat dengar didik "
    "dorong duduk dukung gabung ganti gelar gerak guna hadap hadir harap henti hidup hitung ikut "
    "ingat isi jaga jalan jamin janji jawab jelas jual kabar kelola kembang kenal kerja kirim "
    "kumpul kunjung lahir laksana lamar lanjut lapor latih layan lengkap lepas libat lihat "
    "lindung luas lulus main masuk minat mulai nilai olah paham pakai pandang pasang periksa "
    "pikir pilih pimpin pindah pinjam potong pulih pulang puji putus raih rancang rasa rawat "
    "rayakan rebut rekam rencana resmi sapa sebar sebut sedia selamat selenggara selesai sembah "
    "seru setuju siap simpan sosial suluh susun syarat tahan tambah tampil tampung tanam tanya "
    "tata tegas tekan teliti tempat tentu terap terima tinggal tingkat tolak tuju tukar tulis "
    "tumbuh tunggu tunjuk turun tutup uji ulang umum undang ungkap urus usaha usul wakil warta";

constexpr std::array<std::string_view, 12> kBefore = {"", "me",  "di",  "ber", "ter", "pe",
                                                      "", "men", "mem", "ke",  "se",  ""};
constexpr std::array<std::string_view, 10> kBehind = {"",    "kan", "an",  "i",   "nya",
                                                      "lah", "ku",  "kah", "pun", "annya"};

constexpr std::string_view kGivenNames =
    "aditya agus aisyah akbar alya amelia andi anisa arif aulia ayu bagus bayu budi cahya citra "
    "dewi dian dimas eka eko fajar farah fitri galih gilang hadi hana hendra ika ilham indah "
    "intan irfan joko kartika laila lestari lina lukman maya mega mira nadia nanda nia nisa novi "
    "nur putra putri rahma rahmat ratna reza rian rina rini rizky salma sari sinta slamet surya "
    "tari taufik tia tono umar utami vina wahyu wati wulan yani yoga yuni zahra zaki ahmad "
    "muhammad abdul siti sri bambang sutrisno haris ismail yusuf ibrahim hasan husin dedi asep "
    "ujang cecep neneng euis made wayan ketut nyoman komang gede";

constexpr std::array<std::string_view, 28> kHeads = {
    "ba",  "ca",  "da",  "ga",  "ja",  "ka",  "la",  "ma",  "na",  "pa",
    "ra",  "sa",  "ta",  "wa",  "bim", "can", "dar", "gun", "jar", "kun",
    "lim", "mar", "nan", "pur", "rum", "sul", "tir", "wir"};
constexpr std::array<std::string_view, 24> kMiddles = {
    "ndo", "ngga", "li",  "ri",  "mbu", "nta", "su", "tu", "wi",  "ya",  "hu",  "ki",
    "le",  "mo",   "nga", "nju", "pe",  "ro",  "se", "ta", "rde", "lka", "mpe", "sko"};
constexpr std::array<std::string_view, 20> kTails = {
    "wesi", "ndaru", "tama", "lang", "ntara", "wati", "gara", "mbang", "sono", "yasa",
    "rang", "kusu",  "lau",  "ning", "tong",  "rejo", "pura", "dana",  "sari", "lis"};
constexpr std::array<std::string_view, 16> kJargonTails = {
    "zaq", "vex", "quor", "xan", "zil", "fiq", "vay", "qom",
    "xir", "zep", "vul",  "faz", "qis", "xot", "zum", "viq"};

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    const std::size_t end = list.find(' ');
    words.push_back(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return words;
}

// How often each word is drawn is one over its rank, in integers.
std::vector<std::uint16_t> draws_by_frequency(std::size_t words) {
  std::vector<std::uint64_t> sums;
  std::uint64_t sum = 0;
  for (std::size_t rank = 0; rank < words; rank++) {
    sum += (std::uint64_t{1} << 32) / (rank + 3);
    sums.push_back(sum);
  }
  std::vector<std::uint16_t> draws;
  std::size_t word = 0;
  for (std::size_t i = 0; i < kDraws; i++) {
    const std::uint64_t at = sum / kDraws * i;
    while (word + 1 < words && sums[word] <= at) word++;
    draws.push_back(static_cast<std::uint16_t>(word));
  }
  return draws;
}

}  // namespace

const Vocabulary& Vocabulary::get() {
  static const Vocabulary vocabulary;
  return vocabulary;
}

Vocabulary::Vocabulary() : given_names_(split(kGivenNames)) {
  std::unordered_set<std::string> known;
  const auto add = [&](std::string word) {
    if (words_.size() < kWords && known.insert(word).second) words_.push_back(std::move(word));
  };
  for (const std::string_view word : split(kCommonWords)) add(std::string(word));
  Dice dice(1, 'v', 0);
  const std::vector<std::string_view> stems = split(kStems);
  while (words_.size() < kWords) {
    if (dice.per_mille(850)) {
      std::string word(dice.one_of(kBefore));
      word += dice.one_of(stems);
      add(word.append(dice.one_of(kBehind)));
    } else {
      add(surname(dice));
    }
  }
  by_frequency_ = draws_by_frequency(words_.size());
}

std::string Vocabulary::surname(Dice& dice) {
  std::string name(dice.one_of(kHeads));
  name += dice.one_of(kMiddles);
  if (dice.per_mille(700)) name += dice.one_of(kMiddles);
  return name.append(dice.one_of(kTails));
}

std::string Vocabulary::jargon(Dice& dice) {
  std::string word(dice.one_of(kHeads));
  word += dice.one_of(kMiddles);
  return word.append(dice.one_of(kJargonTails));
}

std::string capitalised(std::string_view word) {
  std::string result(word);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') {
    result[0] = static_cast<char>(result[0] - 'a' + 'A');
  }
  return result;
}

}  // namespace pantau::bench
