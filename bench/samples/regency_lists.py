"""Lists of names, places, offices and other everyday words, from which people and talk are made.

Given names are common ones; surnames are put together from the syllables in HEADS and TAILS.
"""

GIVEN = (
    "Aditya Agus Aisyah Akbar Alya Amelia Andi Anisa Ani Arif Aulia Ayu Bagus Bayu Budi Cahya "
    "Citra Dewi Dian Dimas Eka Eko Fajar Farah Fitri Galih Gilang Hadi Hana Hendra Ika Ilham "
    "Indah Intan Irfan Joko Kartika Laila Lestari Lina Lukman Maya Mega Mira Nadia Nanda Nia "
    "Nisa Novi Nur Putra Putri Rahma Rahmat Ratna Reza Rian Rina Rini Rizky Salma Sari Sinta "
    "Slamet Surya Tari Taufik Tia Tono Umar Utami Vina Wahyu Wati Wulan Yani Yoga Yuni Zahra "
    "Zaki"
).split()
HEADS = "Banu Caka Dira Gani Jala Kela Lesta Maru Nara Pala Rama Sada Tira Wana Yuda Kari".split()
TAILS = "ndaru wesi lantara kencari bentala mantara sutala rengganu widara lestanu".split()
TITLES = ["", "", "", "", ", S.Pd.", ", S.E.", ", S.Sos., M.AP.", ", A.Md.Kep.", ", S.Kom."]

VILLAGES = [
    "Danau Jingga", "Muara Rasau", "Sungai Kapuk", "Hulu Rantau", "Pandan Seberang",
    "Teluk Ilung", "Padang Ilir", "Batu Randu", "Simpang Meranti", "Lok Serapat",
]
PLACES = ["Pasar Rabu", "Terminal Hulu", "Alun-alun Contoh", "Taman Jukung", "Dermaga Lama"]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
FOODS = ["soto", "ketupat kandangan", "lontong", "pisang goreng", "nasi kuning", "wadai"]

AGENCIES = [
    "Dinas Pendidikan", "Dinas Kesehatan", "RSUD Hulu Contoh", "Dinas PUPR", "Dinas Sosial",
    "Sekretariat Daerah", "Badan Kepegawaian", "Satpol PP", "Dinas Pertanian", "Dinas Kominfo",
    "Inspektorat", "Kecamatan Danau Jingga", "Kecamatan Hulu Rantau", "Kecamatan Padang Ilir",
]
POSITIONS = [
    "Guru Ahli Pertama", "Guru Ahli Muda", "Perawat Terampil", "Bidan", "Analis Kebijakan",
    "Pengelola Keuangan", "Pengadministrasi", "Kepala Seksi", "Kepala Bidang", "Sekretaris",
    "Penyuluh", "Pranata Komputer", "Arsiparis", "Dokter",
]
