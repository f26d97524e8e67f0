"""Texts for the made-up regency of make_regency.py.

Every sentence here was written for the sample; none was taken from a real account.
Words in braces are filled in by the generator:

  {pair} {who} {tag} {n} {word} {keycap} {at} {slogan} {office}   a candidate: the pair's short
      name, one person's name, a hashtag, the ballot number as digit, word and keycap
      emoji, an account, a slogan
  {others}     the short names of all pairs of the same contest
  {village} {place} {day} {food} {name} {number}   everyday fillers
"""

EVERYDAY = [
    "Selamat pagi dari {village}, kabut masih tebal 🌫️",
    "Kopi hitam + {food} = sarapan paling pas ☕",
    "Alhamdulillah, panen padi di {village} tahun ini lumayan.",
    "Antrean BBM di {place} panjang sekali, sabar ya semua 🙏",
    "Kerja bakti membersihkan sungai, ramai sekali. Terima kasih warga {village}!",
    "Rapat koordinasi selesai, lanjut monitoring ke {village}.",
    "Apel pagi hari {day}. Semangat bekerja, semangat melayani 💪",
    "Hujan dari subuh, jalan menuju {place} tergenang.",
    "Resep {food} ala mama, gampang dan hemat. Nomor 2 paling penting: jangan pelit bumbu 😄",
    "Ada yang kehilangan dompet di sekitar {place}? Silakan hubungi saya.",
    "Selamat ulang tahun {name}, sehat selalu dan murah rezeki 🎂",
    "Turut berduka cita atas wafatnya orang tua {name}. Semoga husnul khatimah. 🤲",
    "Nonton bola bareng di warung, skor 2-1, puas!",
    "Anak-anak SD di {village} juara lomba baca puisi. Bangga! 🏆",
    "Listrik padam lagi\nsudah dua jam\nada info?",
    "Pelayanan KTP keliling hari {day} di {place}, mulai 08.00/selesai.",
    "Jalan santai keluarga, rute {place} - {village}. Keringat bercucuran 😅",
    "Imunisasi di posyandu {village}, ibu-ibu antusias sekali.",
    "Harga cabai naik lagi, satu kilo {number} ribu.",
    "Baju lebaran tahun lalu masih muat, bersyukur saja 😂",
    "Mancing di danau, dapat {number} ekor. Lumayan buat lauk.",
    "Mohon doanya, {name} hari ini operasi. Semoga lancar.",
    "Dijual cepat motor bekas, surat lengkap, nego/tipis. WA saja.",
    "Pasar terapung ramai, jukung berjejer. Indah banar banua kita 😍",
    "Ulun handak ka pasar, ada nang handak titip?",
    "Wayah ini hujan tarus, banyu sungai sudah naik.",
    "Guru-guru hebat, terima kasih atas pengabdiannya! #HariGuru",
    "Kelas 2 mulai ujian hari {day}, semangat belajar ya nak.",
    "Selamat Hari Santri, jaga akhlak jaga lisan.",
    "Foto bersama teman SMA, wajah boleh berubah hati tetap sama 🤗",
    "Senam pagi di halaman kantor, pose bebas ✌️😆",
    "Jersey nomor 2 sudah datang, kainnya adem.",
    "Pengajian malam {day} di {village}, yang sempat silakan hadir.",
    "Kucing hilang ciri-ciri oranye, ekor bengkok. Tolong kabari ya 😿",
    "Jembatan {village} selesai diperbaiki, truk sudah boleh lewat.",
    "Belajar bikin {food}, gagal dua kali, yang ketiga jadi juga.",
    "Semangat pagi! Jangan lupa bahagia.",
    "Vaksin hewan gratis di {place}, daftar dulu di nomor {number}.",
    "Pelatihan komputer untuk perangkat desa, materi hari ini: surat menyurat.",
    "Sudah cek BPJS belum? Antre nomor {number}, lumayan cepat.",
    "Salam dari pinggir danau, anginnya sejuk.",
    "Terima kasih donatur, {number} paket sembako sudah tersalur.",
    "Status: ngantuk tapi harus rapat 😴",
    "Sunset di {place} hari ini cantik sekali 🌅",
    "Info: air PDAM mati sampai sore. Tampung dulu ya.",
    "Bubur ayam {place} enak, porsi besar, harga kaki lima.",
    "Panggung hiburan rakyat dibatalkan karena hujan.",
]

REMARKS = [
    "Mantap 👍", "Sehat selalu 🙏", "Keren banget!", "Wah cantiknya", "Di mana ini lokasinya?",
    "Aamiin", "Aamiin ya rabbal alamin 🤲", "Harganya berapa kak?", "Izin share ya",
    "Terima kasih infonya", "Semoga lekas sembuh", "Hahaha bisa saja 😂", "Rindu kampung halaman",
    "Semangat terus!", "Innalillahi wa inna ilaihi rajiun, turut berduka", "Selamat ya {name}!",
    "Cek DM kak", "Jam berapa mulainya?", "Bagus sekali programnya, semoga merata",
    "Masih ada stok?", "Cakep fotonya", "Bujur banar tu", "Iya bujur, ulun gin kaya itu jua",
    "Jangan lupa oleh-oleh {food} 😁", "Nomor antrean saya {number}, masih lama", "Siap, laksanakan",
    "Di {village} juga hujan deras", "Barakallah", "Kapan ke {village} lagi?", "Noted, makasih min",
    "Alhamdulillah", "Setuju 💯", "Up", "Lucu sekali anaknya 😍", "Hadir",
]

# Election talk that takes no side.
NEUTRAL = [
    "Ayo ke TPS 27 November, gunakan hak pilih kita! 🗳️",
    "Jangan lupa bawa KTP dan undangan ke TPS ya. Satu suara sangat berarti.",
    "Jangan golput! Masa depan daerah ditentukan hari Rabu.",
    "Cek nama kita di DPT online, mudah kok.",
    "Siapa pun pilihannya, kita tetap bersaudara. #PilkadaDamai",
    "Pilih sesuai hati nurani, tolak politik uang!",
    "KPU Hulu Contoh mengumumkan jadwal kampanye. Silakan disimak di laman resmi.",
    "Debat publik kedua malam ini pukul 20.00, disiarkan langsung. Pasangan: {others}.",
    "Ketiga pasangan sudah mengambil nomor urut. Semoga berjalan damai.",
    "Masa tenang sudah mulai, semua alat peraga harus turun.",
    "Terima kasih KPPS {village}, kerja sampai subuh 👏",
    "Surat suara sudah sampai di kecamatan, dijaga linmas 24 jam.",
    "Simulasi pemungutan suara di {place}, warga antusias.",
    "Pendaftaran KPPS dibuka, syaratnya cek di kantor desa.",
    "Pilkada damai, pilkada riang gembira. Beda pilihan itu biasa.",
    "Sudah nyoblos? Tunjukkan jari ungumu! #Pilkada2024",
    "Lawan hoaks, saring sebelum sharing. #PilkadaSehat",
    "Hari ini tanda tangan ikrar bersama di {place}.",
    "Daftar pasangan calon Pilkada Hulu Contoh: {others}. Kenali dulu programnya.",
    "Nomor 1, 2 atau 3 sama saja, yang penting datang ke TPS.",
]

NEWS = [
    "BERITA: KPU menetapkan {others} sebagai peserta Pilkada Hulu Contoh.",
    "Hasil survei: {pair} unggul tipis, {number} persen belum memilih.",
    "\"Kami fokus jalan desa,\" ujar {who} dalam debat publik semalam.",
    "Dilansir dari Kabar Hulu Contoh, {pair} menemui pedagang {place}.",
    "Bawaslu memeriksa baliho {pair} yang dipasang di pohon.",
    "{who} dan pesaingnya bersalaman sebelum debat terbuka.",
    "Hitung cepat sementara: {others}. Tunggu hasil resmi KPU.",
    "\"Ayo coblos nomor {n},\" kata {who} di depan ribuan pendukungnya, Sabtu.",
    "Jadwal kampanye terbuka: {pair} di {place} hari {day}.",
    "Visi misi {others} bisa dibaca di laman KPU.",
    "Penetapan calon terpilih menunggu putusan MK.",
    "Lalu lintas dialihkan saat kampanye {pair} di {place}.",
    "{who} melaporkan dana kampanye ke KPU.",
]

# Advice on neutrality: it quotes the very words that are forbidden.
GUIDANCE = [
    "ASN wajib netral! Jangan like, komen atau share akun calon. #ASNNetral",
    "Contoh komentar terlarang bagi ASN: \"ayo coblos nomor {n}\".",
    "Pose jari yang dilarang bagi ASN: ☝️✌️🤟👌. Yang aman: kepalan ✊",
    "Netralitas ASN: dilarang follow akun pemenangan {pair} maupun yang lain.",
    "Sosialisasi SKB netralitas di aula kantor. Pegawai diminta hati-hati bermedsos.",
    "Ingat rekan-rekan ASN, jangan ikut kampanye {others}. Sanksinya berat.",
    "Ikrar netralitas pegawai se-kabupaten, semoga amanah.",
    "ASN tidak boleh menulis 'dukung {pair}' walau di akun pribadi.",
    "Bijak bermedsos, jaga jari jaga diri. #JagaNetralitas",
    "Laporkan bila melihat ASN tidak netral, posko aduan buka setiap hari.",
]

DENIAL = [
    "Saya tidak mendukung {pair} maupun yang lain, saya ASN.",
    "Foto saya dengan {who} itu foto lama, bukan dukungan.",
    "Tolong jangan tag saya, saya tidak ikut kampanye {pair}.",
    "Akun saya dicatut di grup {pair}, saya bukan relawan siapa pun.",
    "Ini bukan ajakan memilih {pair}, hanya berbagi berita.",
    "Saya belum menentukan pilihan, {pair} atau yang lain sama saja.",
    "Ulun kada mamilih siapa-siapa, {pair} kada, nang lain kada jua.",
    "Gak ikut dukung {pair}, kerja saja yang benar.",
]

# Other elections, other numbers.
ELSEWHERE = [
    "Ayo pilih nomor 2 untuk ketua OSIS SMP {village}! 🎉",
    "Dukung anak kami di lomba vote foto, pilih nomor {number} ya!",
    "Pilkades {village}: coblos nomor 1 atau 2, yang penting rukun.",
    "Menu makan siang hari ini, pilih nomor 2 saja, ayam bakar.",
    "Polling warna cat kantor: yuk pilih nomor 1 hijau atau nomor 3 biru.",
    "Calon ketua RT kita, dukung nomor 3, orangnya rajin ronda.",
    "Nomor antrean 2 silakan ke loket 3.",
    "Semoga kesebelasan kita menang telak di final liga desa nomor punggung 2 starter!",
    "Pilih duta wisata favoritmu, ketik nomor 2 di kolom komentar.",
]

CALLS = [
    "Ayo coblos nomor urut {n}! #{tag}",
    "Ayo kita coblos {pair}, demi banua!",
    "Yuk dukung {pair} 💪 {slogan}",
    "Mari bersama-sama menangkan {pair}",
    "27 November jangan lupa coblos {keycap} ya dulur, {pair}",
    "Jangan lupa coblos nomor {n}, {pair}!",
    "Ayo dingsanak semua dukung {who}",
    "Pokoknya pilih paslon {word}, {pair}. {slogan}!",
    "Mohon doa dan dukungannya untuk {pair} 🙏",
    "Titip suara untuk {pair}, orangnya amanah",
    "Gaskan menangkan {pair} {keycap}",
    "Ayo pilih yang sudah terbukti: {who} #{tag}",
    "Saatnya kita dukung {at}",
    "Tusuk nomor {n} saja, {pair} sudah pasti kerja",
    "hayu pilih {pair} ulah ragu",
    "Ayo nyoblos paslon {word} {pair}",
    "Jatuhkan pilihan Anda kepada {pair}, {slogan}",
]

SUPPORT = [
    "Saya tetap dukung {pair} sampai kapan pun",
    "Kami sekeluarga pilih {pair} {keycap}",
    "{pair} pilihanku ❤️",
    "Dukung penuh {who}!",
    "{pair} nomor {n} harga mati",
    "Suara saya untuk {pair}, {slogan}",
    "Full dukung {pair} #{tag}",
    "Ulun pasti mamilih {pair}",
    "Siap memenangkan {pair} di {village}",
    "{who} calon {office} kita, orang baik",
    "Kami siap dukung {at} luar dalam",
    "All in nomor {n}, {pair}",
]

VICTORY = [
    "{pair} pasti menang!",
    "Insya Allah {pair} menang telak",
    "Semoga {pair} terpilih, aamiin",
    "Bismillah {pair} menang 🤲",
    "Kawal kemenangan {pair} di {village}",
]

TAGS = [
    "Dari {village} untuk {pair} #Coblos{tag}",
    "{slogan} bersama {pair} #{tag}Menang",
    "#Dukung{tag} {pair} 🔥",
    "Lihat massanya {pair} #Pilih{tag}",
]

AGAINST = [
    "Jangan pilih {pair}, janji saja",
    "Asal bukan {pair}!",
    "{who} tidak layak memimpin daerah ini",
    "Tolak paslon {word}, {pair} cuma pencitraan",
    "Jangan sampai {pair} menang, bahaya",
    "jgn dukung {pair} lagi",
]

CONTINUE = [
    "Lanjutkan {who}!",
    "{pair} dua periode",
    "Saatnya perubahan bersama {pair}",
]

GREETING = [
    "Salam {word} jari, {pair}",
    "{pair} ☝️🔥",
    "{who} ✌🏽✌🏽",
    "Salam perubahan dari {village}, {pair}",
]

ATTEND = [
    "Hadir di kampanye akbar {pair}, lautan manusia di {place}",
    "Ikut deklarasi {pair} bersama warga {village}",
    "Merapat ke konsolidasi {pair} malam ini",
    "Mengantar {pair} mendaftar ke KPU, merinding",
]

PHOTO = [
    "Foto bareng {who}, ramah sekali orangnya",
    "Senangnya swafoto dengan {who} di {place} 🤳",
    "Akhirnya ketemu jagoan {who}",
]

TEAM = [
    "Resmi bergabung di tim pemenangan {pair} kecamatan {village}",
    "Kami relawan {pair}, siap turun ke desa",
    "Yang mau gabung grup relawan {pair} silakan japri",
]

MATERIAL = [
    "Bantu sebarkan video {pair} ya kawan",
    "Yuk pasang twibbon {pair}",
    "Viralkan program {pair}, {slogan}",
    "Visi misi paslon {word} {pair} paling lengkap",
]

DISPLAY = [
    "Pasang baliho {pair} di simpang {village}",
    "Bagi-bagi kaos {pair} malam tadi, habis dalam satu jam",
    "Tempel stiker {pair} di motor dinas 😁",
]

CALLS_TO_COLLEAGUES = [
    "Rekan-rekan ASN, ayo kita dukung {pair}, jangan takut",
    "Bapak ibu guru yang saya hormati, mari kita menangkan {pair}",
    "Untuk sesama PPPK: ayo coblos nomor {n}, {pair} sudah janji",
]

# Comments below a post of a campaign, which need not name anybody.
BELOW_CAMPAIGN = [
    "Aamiin 🤲", "Sehat selalu pak", "Mantap pak", "👍👍👍", "Keren programnya", "Hadir pak",
    "Semoga sukses", "Barakallah", "Masya Allah ramai sekali", "🔥🔥🔥", "Kapan ke {village} pak?",
    "Jalan {village} rusak pak, tolong diperhatikan", "❤️",
]

SUPPORT_BELOW_CAMPAIGN = [
    "Saya tetap dukung pak!", "Kami sekeluarga siap memenangkan", "Pasti menang pak, insya Allah",
    "Lanjutkan pak!", "Dua periode!", "Mohon izin, kami pilih bapak", "Dukung penuh 💪",
    "Ayo menangkan bersama", "Menang telak!", "Gas coblos nomor {n}", "Pilihan saya tetap bapak",
    "Ulun dukung tarus pak ai", "semoga terpilih pak", "#Menangkan{tag}",
]
