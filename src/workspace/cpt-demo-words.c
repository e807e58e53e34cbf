/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The words of the demonstration: Maison Verdier, Lyon, which furnishes the
 * offices of other companies. The company is French and so are its records, in
 * whatever language the application runs. All names are invented; telephone
 * numbers are from the ranges that ARCEP keeps for fiction (decision 2009-0708)
 * and addresses of mail end in the reserved domain "example" (RFC 2606).
 */

#include "config.h"

#include "cpt-demo-private.h"

const char *const cpt_demo_female_names[] = {
  "Camille", "Léa", "Manon", "Chloé", "Inès", "Sarah", "Julie", "Marie", "Élodie", "Nathalie", "Isabelle",
  "Sophie", "Aurélie", "Céline", "Virginie", "Émilie", "Laure", "Anne-Laure", "Hélène", "Françoise", "Fatima",
  "Amina", "Yasmine", "Clémence", "Margaux", "Océane", "Pauline", "Agathe", "Bérénice", "Maëlle", "Solène",
  "Noémie", "Ophélie", "Valérie", "Sandrine", "Stéphanie", "Karine", "Delphine", "Mathilde", "Jeanne", NULL,
};

const char *const cpt_demo_male_names[] = {
  "Lucas", "Hugo", "Louis", "Gabriel", "Raphaël", "Jules", "Adam", "Léo", "Arthur", "Nathan", "Théo", "Mathis",
  "Antoine", "Nicolas", "Julien", "Thomas", "Pierre", "Jean-Baptiste", "François", "Frédéric", "Stéphane",
  "Christophe", "Olivier", "Sébastien", "Guillaume", "Loïc", "Yann", "Maël", "Mehdi", "Karim", "Rachid", "Bruno",
  "Didier", "Gaël", "Cédric", "Jérôme", "Benoît", "Étienne", "Grégoire", "Mickaël", NULL,
};

const char *const cpt_demo_last_names[] = {
  "Martin", "Bernard", "Dubois", "Thomas", "Robert", "Richard", "Petit", "Durand", "Leroy", "Moreau", "Simon",
  "Laurent", "Lefèvre", "Michel", "Garcia", "David", "Bertrand", "Roux", "Vincent", "Fournier", "Morel",
  "Girard", "André", "Mercier", "Dupont", "Lambert", "Bonnet", "François", "Martinez", "Legrand", "Garnier",
  "Faure", "Rousseau", "Blanc", "Guérin", "Muller", "Henry", "Roussel", "Nicolas", "Perrin", "Morin", "Mathieu",
  "Clément", "Gauthier", "Dumont", "Lopez", "Fontaine", "Chevalier", "Robin", "Masson", "Sanchez", "Gérard",
  "Nguyen", "Boyer", "Denis", "Lemaire", "Duval", "Joly", "Gautier", "Roger", "Roche", "Benoît", "Meyer",
  "Le Gall", "Le Goff", "Kervella", "Benali", "Haddad", "Traoré", "Diallo", "Schneider", "Klein", "Etcheverry",
  "Casanova", "d’Arcy", "de La Tour", "Péan", "Çelik", "Nuñez", "Øster", NULL,
};

const char *const cpt_demo_places[] = {
  "du Rhône", "des Alpes", "de l’Océan", "du Midi", "de Bretagne", "d’Aquitaine", "du Vercors", "de l’Est",
  "des Flandres", "de la Loire", "du Jura", "des Cévennes", "du Léman", "de Provence", "du Littoral", "d’Armor",
  "des Volcans", "du Lac", "de la Presqu’île", "des Halles", "du Parc", "de la Gare", "Saint-Michel", "Bellecour",
  "des Quais", "de la Canebière", "du Château", "des Tilleuls", "du Marais", "du Vieux-Port", NULL,
};

const char *const cpt_demo_forms[] = { "SAS", "SARL", "SA", "SAS", "SARL", "EURL", "SCOP", "SASU", NULL };

const char *const cpt_demo_streets[] = {
  "rue de la République", "avenue Jean Jaurès", "rue Victor Hugo", "boulevard Gambetta", "place Carnot",
  "rue Pasteur", "cours Lafayette", "rue des Écoles", "avenue du Général Leclerc", "quai Perrache",
  "chemin des Vignes", "allée des Platanes", "rue Nationale", "impasse du Moulin", "zone d’activités La Plaine", NULL,
};

const char *const cpt_demo_jobs[] = {
  "Directrice générale", "Directeur des achats", "Responsable des services généraux", "Office manager",
  "Directrice administrative et financière", "Acheteur", "Assistante de direction", "Architecte d’intérieur",
  "Responsable immobilier", "Directeur des ressources humaines", "Gérant", "Cheffe de projet", "Comptable", NULL,
};

const char *const cpt_demo_projects[] = {
  "Aménagement du plateau", "Renouvellement des sièges", "Nouveaux bureaux", "Salle de réunion", "Espace d’accueil",
  "Cabines acoustiques", "Cafétéria", "Postes assis-debout", "Rangements du siège", "Extension du site",
  "Télétravail : équipement", "Showroom", "Salle du conseil", "Bibliothèque", "Open space du 3e étage", NULL,
};

const char *const cpt_demo_tasks[] = {
  "Rappeler pour le devis", "Envoyer les échantillons de tissu", "Préparer le plan d’implantation",
  "Confirmer la date de livraison", "Relancer la signature", "Vérifier les cotes sur place",
  "Demander le bon de commande", "Planifier l’installation", "Recueillir les avis après livraison",
  "Mettre à jour la fiche client", NULL,
};

const char *const cpt_demo_calls[] = {
  "Premier échange", "Point sur le projet", "Présentation de la gamme", "Visite du site", "Négociation du prix",
  "Réponse aux questions techniques", "Suivi après livraison", "Bilan annuel", NULL,
};

const char *const cpt_demo_notes[] = {
  "Décision attendue au prochain comité. Le budget est validé sur le principe.",
  "Souhaite une livraison en dehors des heures d’ouverture.",
  "Compare avec deux concurrents ; la garantie de dix ans fait la différence.",
  "Demande une remise pour plus de cinquante postes.",
  "Très intéressée par le mobilier reconditionné.",
  "Les plans du bâtiment arrivent la semaine prochaine.", NULL,
};

const char *const cpt_demo_teams[] = { "Grands comptes", "Régions", "Partenaires", NULL };

const CptDemoCity cpt_demo_cities[] = {
  { "Lyon", "69002", "Auvergne-Rhône-Alpes", "04" },
  { "Paris", "75010", "Île-de-France", "01" },
  { "Marseille", "13001", "Provence-Alpes-Côte d’Azur", "04" },
  { "Toulouse", "31000", "Occitanie", "05" },
  { "Nantes", "44000", "Pays de la Loire", "02" },
  { "Strasbourg", "67000", "Grand Est", "03" },
  { "Bordeaux", "33000", "Nouvelle-Aquitaine", "05" },
  { "Lille", "59800", "Hauts-de-France", "03" },
  { "Rennes", "35000", "Bretagne", "02" },
  { "Grenoble", "38000", "Auvergne-Rhône-Alpes", "04" },
  { "Dijon", "21000", "Bourgogne-Franche-Comté", "03" },
  { "Saint-Étienne", "42000", "Auvergne-Rhône-Alpes", "04" },
  { "Montpellier", "34000", "Occitanie", "04" },
  { "Annecy", "74000", "Auvergne-Rhône-Alpes", "04" },
  { "Clermont-Ferrand", "63000", "Auvergne-Rhône-Alpes", "04" },
  { "Villeurbanne", "69100", "Auvergne-Rhône-Alpes", "04" },
};
const guint cpt_demo_n_cities = G_N_ELEMENTS (cpt_demo_cities);

const CptDemoProduct cpt_demo_products[] = {
  { "Bureau assis-debout Loire", "LOI-160", "Bureaux", 890 },
  { "Bureau droit Saône", "SAO-140", "Bureaux", 420 },
  { "Siège ergonomique Vercors", "VER-01", "Sièges", 560 },
  { "Chauffeuse Belledonne", "BEL-02", "Sièges", 740 },
  { "Table de réunion Chartreuse", "CHA-12", "Tables", 2350 },
  { "Table haute Dombes", "DOM-06", "Tables", 980 },
  { "Cabine acoustique Silence 1", "SIL-1", "Acoustique", 6900 },
  { "Cabine acoustique Silence 4", "SIL-4", "Acoustique", 14900 },
  { "Panneau mural Feutre", "FEU-10", "Acoustique", 310 },
  { "Armoire à rideaux Ain", "AIN-200", "Rangements", 640 },
  { "Casiers Traboule", "TRA-12", "Rangements", 1190 },
  { "Étude d’aménagement", "ETU-J", "Services", 950 },
};
const guint cpt_demo_n_products = G_N_ELEMENTS (cpt_demo_products);

const CptDemoUser cpt_demo_users[] = {
  { "Hélène Verdier", "helene.verdier@maison-verdier.example", "administrator", 0, 6 },
  { "Paul Chastaing", "paul.chastaing@maison-verdier.example", "manager", 1, 4 },
  { "Nadia Benhamou", "nadia.benhamou@maison-verdier.example", "salesperson", 0, 9 },
  { "Rémi Lacombe", "remi.lacombe@maison-verdier.example", "salesperson", 1, -4 },
  { "Clara Joubert", "clara.joubert@maison-verdier.example", "salesperson", 1, 2 },
  { "Samuel N’Diaye", "samuel.ndiaye@maison-verdier.example", "salesperson", 0, 0 },
  { "Lucie Ferrand", "lucie.ferrand@maison-verdier.example", "salesperson", 2, -2 },
  { "Tomás Ribeiro", "tomas.ribeiro@maison-verdier.example", "salesperson", 2, 3 },
};
const guint cpt_demo_n_users = G_N_ELEMENTS (cpt_demo_users);

const CptDemoSector cpt_demo_sectors[] = {
  { "Bâtiment", "Bâtisseurs" },
  { "Bâtiment", "Charpentes" },
  { "Santé", "Clinique" },
  { "Santé", "Laboratoires" },
  { "Numérique", "Studio" },
  { "Numérique", "Logiciels" },
  { "Conseil", "Cabinet" },
  { "Conseil", "Associés" },
  { "Industrie", "Ateliers" },
  { "Industrie", "Mécanique" },
  { "Commerce", "Comptoir" },
  { "Commerce", "Librairie" },
  { "Hôtellerie", "Hôtel" },
  { "Hôtellerie", "Auberge" },
  { "Transport", "Transports" },
  { "Énergie", "Énergies" },
  { "Éducation", "École" },
  { "Agroalimentaire", "Fromagerie" },
  { "Agroalimentaire", "Conserverie" },
  { "Culture", "Théâtre" },
};
const guint cpt_demo_n_sectors = G_N_ELEMENTS (cpt_demo_sectors);
