"""The two contests and their candidates, fictitious like all else."""

from dataclasses import dataclass, field

# Codes that belong to no region.
REGENCY = "98.08"
PROVINCE = "98"
REGENT, GOVERNOR = "pilbup-hulu-contoh-2024", "pilgub-contoh-selatan-2024"


@dataclass
class Candidate:
    contest: str
    office: str
    number: int
    people: list
    pair: str
    tag: str
    slogan: str
    accounts: list = field(default_factory=list)  # the campaign list fills it

    @property
    def id(self):
        return str(self.number)


CANDIDATES = [
    Candidate(REGENT, "bupati", 1, ["Ahmad Fulan", "Siti Contohwati"], "Fulan-Siti",
              "FulanSiti", "Banua Maju"),
    Candidate(REGENT, "bupati", 2, ["Badrun Wirakelana", "Nuraini Tirtamala"], "Badrun-Nuraini",
              "BadrunNuraini", "Kerja Nyata Hulu Contoh"),
    Candidate(REGENT, "bupati", 3, ["Gusti Ramandaru", "Hasanah Sukalestanu"],
              "Ramandaru-Hasanah", "RamandaruHasanah", "Bangkit Bersama Rakyat"),
    Candidate(GOVERNOR, "gubernur", 1, ["Idrus Mahabentala", "Yuliana Wanakencari"],
              "Idrus-Yuliana", "IdrusYuliana", "Contoh Selatan Sejahtera"),
    Candidate(GOVERNOR, "gubernur", 2, ["Karta Samudrandaru", "Olivia Palawidara"],
              "Karta-Olivia", "KartaOlivia", "Satu Hati Membangun"),
]
# The ballot numbers in words.
WORDS = {1: "satu", 2: "dua", 3: "tiga"}
