"""Given names common in English, Kazakh and Russian news, by the gender they are mostly given to."""

from __future__ import annotations

import re

MALE = frozenset(
    """
    abdul abdulaziz abdullah abebe abel abraham adam adan adebayo adel adnan adrian ahmad ahmed ahmet aidan akira
    akmal al alain alan alastair albert alberto albin aldo alec alejandro aleksandr aleksei alem alessandro
    alexander alexandre alexandru alexei alfonso alfred ali alick alikhan alioune alistair allen almas alonso
    alphonse alun alvaro amadou amangeldy amar amare ambrose amir amit amos anand anatol anatoly anders andre
    andreas andrei andrej andrew andrzej angel angelo angus anil ansel anselm anthony antoine anton antonio archie
    arif aristide arjun arman armand armando arnaud arne arnold artem arthur arturo arun ashok asif askar aslan
    aubrey aung axel ayman azamat aziz babak bakhyt barack barnaby barry bartosz bashar bashir basil baurzhan
    beibut ben benedict benito benjamin benjamín berik bernard bernardo bernd bernie bertie bertrand besim bhaskar
    bilal bilge bill billy bjorn bob bobby bogdan bolat boris borislav boubacar brad bradley brady brandon branko
    brendan brent bret brett brian bruce bruno bryan buck burhan byron caleb callum calvin cameron carl carlo
    carlos casper cecil cem cengiz cesar chad chandra charles chester chidi chinua chris christian christopher
    christos chuck ciaran cillian claudio clement cletus cliff clifford clint clinton clive clyde cody colin colm
    colton conor constantin cormac corneliu cory craig cristian curtis cuthbert cyprian cyril dagfinn dale dalton
    damian damien damon dan daniel danilo daniyar danny dariusz darko darnell darren darryl daryl daulet dauren
    dave david davit dawit dean declan deepak delmar delroy demba dennis denny denys derek deshawn desmond detlef
    dewayne diarmuid dias dick didier diego digby dimitar dimitri dirk dmitri dmitriy dmitro dmitry dmytro dom
    dominic don donald donnie dosym doug douglas dragan drago dragomir duane duman dusan dwayne dwight dylan eamon
    earl ebrahim ed eddie edgar edin edmund eduard eduardo edward edwin efrem egor eitan eldar elhadj eli elias
    elijah elisha elliot elliott elon emeka emil emile emilio emir emmanuel enrico enrique enver eoin erbol erdem
    eric erik erlan ermek ermias ernest ernesto errol esteban ethan etienne euan eugene evan evgeni evgeniy evgeny
    ewan ezekiel ezra fabian fabio fadi fadil faisal farid faruk fatih felipe felix femi fergal fergus ferhat
    fernando fidel fikret filip finn fintan firas florian floyd francis francisco francois frank franz fred fredrik
    fritz fyodor gabriel gaetano galym gani gareth garrett garth gary gaston gavin gavril geert gennady geoff
    geoffrey georg george georges georgy gerald gerard gerhard gerrit gethin ghassan gideon gilbert giles giorgi
    giorgos giovanni girma giuseppe glen glenn goran gordan gordon grady graham grant greg gregory grigori grigory
    guillaume guillermo gunnar gus gustav gustavo guy gyorgy habib haji hamid hamish hamza hani hank hans haris
    harold harry haruna hasan hashim hassan hector heiko heinz hendrik henri henrik henry herbert herman herve
    hiroshi hisham horst howard hristo hugh hugo humphrey husain hussein ian ibrahim ibrahima idris ifan ignacio
    igor ilias ilya imad imran ioan iolo ion isa isaac ishaan ismael ismail issa istvan ivan ivica ivo iyad jaafar
    jabbar jacek jack jackson jacob jacques jake jakub jalal jalen jamal james jamil janko janos jared jaroslav
    jason jasper javier jawad jay jeb jeff jeffrey jens jeremiah jeremy jermaine jerome jerry jerzy jesse jesus jim
    jimmy jiri joachim joakim joao joaquin jochen jock joe joel joey johan johann john johnny jon jonas jonathan
    jorge jose josef joseph josh josiah josip jovan juan juergen julian jurgen jurij justin jürgen kairat
    kalmuhanbet kamal kamil kanat kareem karim karl karol karsten kaspar katsu kayode kazimierz keir keita keith
    kelvin ken kenji kenneth kent kevin khaled khalid khalil kieran kiran kiril kirk klas klaus klement kofi kojo
    konstantin kostas krzysztof kuanysh kunal kurt kwabena kwame kyle lachlan lamar lamine lance landon landry
    larry lars laszlo laurence lawrence lech lee leif leo leon leonard leonid leroy lester leszek liam lionel liviu
    ljubomir lloyd logan lorenzo lou louie louis luca lucas luigi luis lukas lukasz luke luther lyle lyndon maciej
    madi magnus mahmoud mahmud majid malcolm mamadou mamdouh manny manoj manolis manuel marat marc marcel marcin
    marco marcus marek marian mariano mario marius mark marko marlon marquis martim martin marvin mason masud mateo
    mateusz mathias matias matt matteo matthew matti maurice mauricio mauro max maxim mehdi mehmet mel melvin memet
    merle merrick michael michel mick miguel mihai mihail mikael mike mikhael mikhail miklos milan miles milorad
    milos miloš milton miodrag mirko miroslav mitch mitt mladen modou mohamed mohammad mohammed momodou monty moses
    mousa moussa muhammad muhammed mukhtar munir murad murat murray musa mustafa mustapha nabil nader nadir naguib
    naim najib nasir nasser nate nathan nathaniel naveed nazar neal nebojsa ned neil nelson nenad nestor newt niall
    nicholas nick nicolae nicolas nigel nihad niklas niko nikola nikolai nikos nizar nnamdi noah noel norman nurbol
    nurdaulet nurlan nursultan obinna octavio odell olaf ole oleg oleksandr oleksiy olivier olof oluwaseun olzhas
    omar omer onur orhan orlando osama oscar oskar osman oswaldo otis otto oumar ousmane owen ozan pablo paco
    padraig panos paolo pascal pascoal patrick paul pavel pavle pavlo pawel pedro pekka per percy perry petar pete
    peter peteris petr petro petros phil philip phillip pierce pierre piers piet pietro piotr prakash prasad
    predrag preston przemyslaw pyotr qasim quentin radek radomir radovan radu rafael rafal rafi rafiq rahul rainer
    raj rajan rajesh rajiv rakhat ralph ramesh rami ramiro ramon ramzan rand randall randy raphael rashad rashid
    ratko rauf raul ray raymond raymundo reggie reginald reid reinhard renato rex rhys riad ricardo riccardo
    richard richie rick ricky rishi rob robert roberto rodney rodrigo roger rohan roland rolf romain roman romeo
    ron ronald ronan rory roscoe ross rostam roy ruairi ruaridh ruben rudi rudolf rudy rufus rupert ruslan russell
    rustam ryan ryszard sabit sabri saeed said saif sajid salah saleh salim salman salvador salvatore sam samat
    samir samson samuel sandor sanjar sanjay santiago sanzhar sasa saul sava scott scottie seamus sean sebastian
    selim serge sergei sergey sergio serhiy serik seth shane sharif shavkat shawn shigeru sid sidi sidney silvester
    silvio simao simeon simeón simon sinan siphiwe slava slavko slobodan solomon soren spencer srdjan stan
    stanislav stanislaw stanley stavros stefan stefano stellan stephen steve steven stewart stipe struan stuart
    sulaiman suleiman sunil svein sven syed szymon tadesse tadeusz tadhg taha taher talgat tamas tamim tarek tariq
    tayo ted temirlan temur tendai teodor terence terrell terrence terry tesfa tesfaye thabo theo theodor theodore
    thierry thomas thorsten tiago tibor tihomir tim timofey timothy timur tito tjark tobias toby todd tom tomas
    tomasz tomislav tommaso tommy tony toomas torsten travis trent trevor trey tristan truman tsegaye tunde turgut
    tyler tyrone ugur ulf ulrich ulrik umar uri usman uwe vaclav vadim valentin valeriy valery vasil vasily vasko
    vasyl venkat vern vernon victor vidar vijay vikas vikram viktor vilmos vince vincent vinod virgil vit vitaliy
    vitaly vito vittorio vivek vjekoslav vlad vladimir vladislav vlado vojtech volodymyr vuk vyacheslav wael wahid
    waldemar waleed walid walt walter ward warren wayne wendell wes wesley wiktor wilbur wilfred will willem
    william winston witold wolfgang wolfram wyatt xavier yacoub yahya yakov yakubu yaroslav yaser yasser yassin
    yassine yehuda yerbol yerlan yermek yevgeny yilmaz yitzhak yonas yousef youssef youssouf yuri yuriy yusef yusuf
    yves zach zachary zack zaher zakaria zaki zbigniew zdenek zeke zeljko zhandos zhang zhivko zhomart ziad zoltan
    zoran zygmunt
    """.split()
)
FEMALE = frozenset(
    """
    abeba abena abigail ada adaeze adele adelina adriana afsaneh agata agnes agnieszka aicha aida aidana aigerim
    aigul aileen aimee ainur aisha aisling aissatou aizada aizhan akmaral akosua alana alba albina alejandra
    aleksandra alena alexandra alexandrina alice alida alina alisha alison aliya alla allison alma almaz alyssa
    amaia amaka amal amanda amelia amina aminata amira amparo amy ana anahit anara anastasia anastasija anastasiya
    anca andrea aneta angela angeliki angelina angharad anisa anita anja anjali anke ann anna annabel anne anneke
    annette annie annika antje antonia antonina anushka aoife april araceli areej ariana arlene arlette aruzhan
    asel asha ashley aslaug asmaa assel astou astrid asya atefeh audrey aurelie aurora ava awa ayaan ayan ayelet
    ayesha aygul azadeh azra balzhan barb barbara barbora barbra beata beatrice beatriz becky begum belinda bella
    bente bernadetta bernadette bernice bertha bertille beth betsy betty beverly bianca bibigul biljana bilqis
    bintou birgit blanca bojana bonnie botagoz bozena brenda brianna bridget brigida brigitte britta brittany
    bronwyn brooke bruna bryony camila camille candace candice carina carla carlota carly carmela carmen carol
    carolina caroline carolyn cassandra caterina catherine cathy catriona cecilia celeste celine cerys chantal
    chantelle charlene charlotte chelsea cheryl chiamaka chiara chidinma chinwe chioma chloe christa christie
    christina christine cindy claire clara clare clarissa clarisse claudette claudia clio colleen concepcion connie
    consuelo cora cordelia cosima courtney cressida cristina crystal cynthia dagmar daisy dalal dalia damla daniela
    daniella danielle danuta daphne daria dariga darija darla darlene darya dawn debbie deborah deepa deirdre
    dejana delia della delphine denise desiree diana diane dijana dilnoza dina dinah dinara dolores dominika donna
    dora doreen doris dorota dorothea dorothy dragana dunja earlene ebru edita edith edna edyta eileen eilidh
    eirini ekaterina ekua elaine eleanor elena eleni elham elif elin elisa elisabeta elisabeth elise eliza
    elizabeth elke ella ellen elmira elsa elsie elvira elzbieta eman emilia emilie emily emine emma enid enrica
    erica erika erin ernestine esme esperanza esra estella esther ethel etsuko eugenia eunice eva eve evelyn
    evgenia ewa fadumo faith farah farida farzana fatima fatma fatou fatoumata fay felicia fenella ferdinanda fern
    ffion filiz fiona flora florence folake frances francesca francine frida frieda fumiko gabriela gabriele
    gabrielle gail galina galyna ganna gaukhar gemma genet genevieve georgia geraldine gertrude gina ginny giorgia
    giovanna gisela gita giulia gladys glenda gloria golnaz gordana grace graciela grazia greet greta gretchen
    guadalupe gudrun gulmira gulnar gulnara gulnora gulsum gulzhan gwen hadiya hala halima halina halyna hamida
    hana hanan hannah hanne harriet hawa hayat hazel heather heba hedda hedwig hege heidi heike helen helene helga
    henriette hermina hermione hester hilal hilda hillary hind holly hope huda huma ibtisam ida idoia ifeoma ikram
    ilaria ilse imane imelda imke imogen indira ines inga inge ingeborg ingrid inna ioana irena irene irina irini
    irma iryna isabel isabella isabelle isatou isla isobel itziar ivana ivanka iveta ivy iwona izabela jacinda
    jacqueline jada jadranka jadwiga jamila jana jane janelle janet janice janina janine jarmila jasmine jasna jean
    jeanette jeanne jelena jemima jen jenna jennifer jenny jessica jill jiyeon joan joana joanna joanne jocelyn
    jodie jolanta jolene jorunn josefina josephine josie jovana joyce juanita judi judith judy julia juliana julie
    juliet julieta julija june justine justyna kadiatou kaitlyn kalina kamala kamila kara karen karima karin karina
    karla karlygash karolina karoline kasia katalin katarina katarzyna kate katerina kathleen kathryn kathy katie
    katja katrina katya kavita kay kayla keiko keisha kellyanne khadija khadijah kimberly kinga kira kirsten
    kirstin kirsty klara klavdiya krista kristen kristin kristina kristine krystyna ksenia ksenija kseniya kuralay
    kylie lale lamia lara larisa larysa latifa latisha latonya latoya latrice laura lauren laurie lavinia layla lea
    leah leanne leila lena lene lenka leokadia leonie leticia leyla lidia lidiya liisa lilia liliana lillian lily
    lina linda lisa liz liza ljiljana lola loretta lori lorna lorraine lotte louise lucia luciana lucie lucija
    lucille lucy ludmila ludmilla luisa lurleen lusine lydia lyn lynn lyubov lyudmila lyudmyla maaike mabel
    mabrouka maddie madina madison mae maeve magda magdalena maggie maha mai mairead mairi maja malala malgorzata
    malika mallory manal mandy manon manuela mara marcela marcelina marcia mareike margaret margareta margarida
    margarita margaux margot marguerite maria mariam marianela marianna marianne maribel marica marie marigold
    marija marijana marilena marilyn marina marisa marisol marissa marit marjan marjorie marketa marlene marlies
    marta martha marusya marwa mary maryam marzena marzhan masha matilda maude maura maureen maya mayra meg megan
    megyn mehwish meike melania melek melinda melissa melita mercedes meredith meron meruert merve mette mia
    michaela michelle mihaela mildred milena milica millie miluse mina mindy minnie mira miranda mirela miriam
    mirjana mirna miroslava moira mojca moldir mollie molly mona monica monika montserrat morag muriel mwajuma myra
    myriam myrtle nadezhda nadia nadine nadja nafisa nahid naima najla najwa nan nana nancy naomi narges nasreen
    nasrin natacha natalia natalie natalya natasa natasha nawal nazgul neda neema nejla nell nellie nermin nevena
    ngozi niamh nicola nicole nilufar nimco nina nino nisha noelle nomvula nora noreen nour noura nuala nura nuria
    oceane oddny odile oksana oleksandra olena olga olha olive olivia ophelia oriana orla orsolya ottilie outi
    paige pam pamela patrice patricia patty paula pauline pavla pearl peggy pelin penny perdita perizat perla petra
    petronella philippa phoebe phuong phyllis piroska polina polly pooja portia preeti primrose priscilla priti
    priya queenie rachael rachel radmila raisa raja rajaa ramona rania ranjana rasha rashida raushan razia rebecca
    reem regina regine renata renate renee renuka reyhan rhiannon rhoda rhonda rima rina rita ritu roberta rochelle
    roja roksana romana rosa rosalia rosalie rosalind rosamund rosanna rosario rose rosemary rosie roswitha rowena
    roxana roxanne roza ruby ruta ruth ruxandra saadia sabah sabrina sadia sadie safiya sahar saida sakina sally
    salma salome saltanat samantha samar samira sana sanaa sandhya sandra sandy sania sanja saoirse sara sarah
    saskia satu saule seble selam selena selma semra senem serena sevda sevgi sevinj shabnam shahida shanice
    shaniqua shanthi shari sharon shauna sheena sheila shelly sherry shirin shirley sholpan shona shreya shukria
    sibel signe sigrid siiri silke silvia simge simona simone sinead siobhan sioned sira sirin siti sladjana
    slavica snezana sofia sofie sofya solange soledad solene solveig sonia sonja sophia sophie soraya stacy
    stefania stefanie steffi stela stella stephanie suad sue sumaya sunita susan susana susanna suzana suzanne
    svetlana svitlana sybil sylvia tabitha tahira tamar tamara tamika tammy tamsin tania tanja tanya tara tatiana
    tatjana tatyana teresa tereza tess thandi thandiwe thea thelma theodora theodosia theresa thuy tiffany tijana
    tina tiziana togzhan tolganay tonya tove traudl trine trinh trudy tsering tuba tuva twyla ulla ulrike ulzhan
    ursula urszula usha ute valentina valeria valerie vanda vanessa vasiliki veena velma vera verity verna veronica
    veronika vesna vibeke vicki vicky victoria vida viktoria viktorija viola violeta virginia vita vivian vivienne
    vlasta wafa wambui wanda wangari wanjiku wanza wendy whitney widad wilda wilma winifred winnie wioletta xenia
    xiomara yael yana yasemin yasmeen yasmin yekaterina yelena yetunde yevheniia yoko yolanda yuki yulia yuliia
    yuliya yumiko yvette yvonne zahra zainab zandile zara zarina zauresh zdenka zehra zeinab zeynep zhanar zhanna
    zhibek zinaida zoe zohra zora zorica zsofia zsuzsanna zuleika zuleikha zulfiya zuzana
    """.split()
)
EITHER = frozenset(
    """
    alexis casey chase claude dana dee dominique drew hunter jackie jaime jamie jan jordan kelley kelly kerry kim
    leslie lindsey mercy morgan noor pat rana rene robin rowan sami sasha shannon taylor tracy
    """.split()
)
#: Given names by which a person's name is known for one.
GIVEN = MALE | FEMALE | EITHER


#: Endings of Latin given names that are hardly ever men's.
_WOMANLY = re.compile(r"..(?:[cdlnrstv]ia|ina|ella|etta|elle|ette|lynn?|issa|[ei]sha|anna|enna|eline|inka)$")


def gender(given: str) -> str:
    """``m``, ``f``, or nothing where a name does not tell."""
    low = given.casefold().strip(".")
    low = low.split("-")[0] if "-" in low else low
    if low in EITHER or low in GIVEN:
        return "m" if low in MALE else "f" if low in FEMALE else ""
    return "f" if _WOMANLY.search(low) else ""
