"""Given names common in English, Kazakh and Russian news, by the gender they are mostly given to."""

from __future__ import annotations

MALE = frozenset(
    """
    abdul abel abraham adam adrian ahmed aidan al alan alastair albert aldo alejandro aleksei alexander alexei
    alfonso alfred ali alikhan alistair allen almas amangeldy amir amit anand anatoly andre andreas andrei andrew
    angus anil anthony antoine anton antonio archie arjun arman armando arnold artem arthur arun ashok askar azamat
    bakhyt barack barry baurzhan beibut ben benedict benjamin berik bernard bernie bertrand bilal bill billy bob
    bobby bolat boris brad bradley brandon brendan brent bret brett brian bruce bryan buck byron caleb calvin
    cameron carl carlos cecil cesar chad charles chester chris christian christopher chuck cliff clifford clint
    clinton clive cody colin conor cory craig curtis cyril dale damian damien damon dan daniel daniyar danny darren
    darryl daryl daulet dauren dave david dean declan dennis denny derek desmond dias dick diego dirk dmitri dmitriy
    dmitry dmytro dom dominic don donald donnie dosym doug douglas duane duman dwight eamon earl ed eddie edgar
    edmund eduardo edward edwin eli elias elijah elliot elliott elon emilio emmanuel enrique erbol eric erlan ermek
    ernest ethan eugene evan evgeniy evgeny felipe felix fergus fernando finn floyd francisco francois frank fred
    gabriel galym gani gareth garrett garth gary gavin gennady geoff geoffrey george georgy gerald gerard gilbert
    giovanni glen glenn gordon graham grant greg gregory grigory gus guy hamid hank hans harold harry hassan hector
    henry herbert herman howard hugh hugo hussein ian ibrahim igor isaac ismail ivan jack jackson jacob jacques jake
    jamal james jared jason javier jay jeb jeff jeffrey jeremiah jeremy jerome jerry jesse jim jimmy joachim joao
    joaquin joe joel joey johan johann john johnny jon jonathan jorge jose josef joseph josh juan juergen julian
    jurgen justin jürgen kairat kalmuhanbet kanat kareem karim karl keir keith kelvin ken kenneth kent kevin khalid
    kieran kirk klaus kofi konstantin kuanysh kurt kwame kyle lance landon larry lars laurence lawrence lee leo leon
    leonard leonid leroy lester liam lionel lloyd logan lorenzo lou louis luca lucas luis luke luther lyle madi
    malcolm manny manuel marat marc marcel marco marcus mario mark marlon martin marvin mason mateo matt matteo
    matthew maurice max maxim mel melvin merrick michael michel mick miguel mike mikhail miles milton mitch mitt
    mohamed mohammad mohammed muhammad mukhtar murray mustafa nate nathan nathaniel neal ned neil newt niall
    nicholas nick nigel nikolai noah noel norman nurbol nurdaulet nurlan nursultan oleg olivier olzhas omar orlando
    osama oscar otto owen pablo paolo pascal patrick paul pavel pedro percy perry pete peter phil philip phillip
    pierce pierre preston pyotr rafael rahul raj rajesh rakhat ralph ramon rand randall randy rashid raul ray
    raymond reggie reginald reid rex ricardo richard richie rick ricky rishi rob robert roberto rodney rodrigo roger
    roland rolf romain roman ron ronald ronan rory ross roy ruben rudolf rudy rupert ruslan russell rustam ryan sabit
    salman salvador sam samat samuel sanjay santiago sanzhar saul scott scottie seamus sean sebastian sergei sergio
    serik seth shane shawn sid sidney silvio simeon simon sinan spencer stan stanislav stanley stefan stefano
    stephen steve steven stewart stuart sunil talgat tarek tariq ted temirlan terence terrence terry tesfa theo
    theodore thierry thomas tim timothy timur tobias toby todd tom tomas tommaso tommy tony travis trent trevor
    tristan truman tyler ulrich umar uri vasily vernon victor viktor vince vincent virgil vivek vladimir vladislav
    volodymyr vyacheslav walt walter ward warren wayne wes wesley wilbur wilfred will william winston wolfgang
    xavier yaroslav yerbol yerlan yermek yevgeny yitzhak yonas yousef yuri yusef yusuf zach zachary zack zeke
    zhandos zhang zhomart
    """.split()
)
FEMALE = frozenset(
    """
    abigail ada adele adriana agnes aicha aidana aigerim aigul aileen aimee ainur aisha aizada aizhan akmaral alana
    alejandra alexandra alice alina alison aliya allison alma alyssa amal amanda amelia amina amy ana anara
    anastasia anastasiya andrea angela angelina anita anja ann anna annabel anne annette annie antonia aoife april
    ariana arlene aruzhan asel ashley assel astrid audrey aurora ava ayesha aygul balzhan barb barbara barbora
    beatrice beatriz becky belinda bella bernadette bernice bertha beth betsy betty beverly bianca bibigul blanca
    bonnie botagoz brenda brianna bridget brigitte brittany brooke camila camille candace candice carla carly carmen
    carol carolina caroline carolyn cassandra catherine cathy cecilia celeste chantal charlene charlotte chelsea
    cheryl chiara chloe christa christie christina christine cindy claire clara clare clarissa claudette claudia
    colleen connie cora cordelia courtney cristina crystal cynthia daisy daniela danielle daphne daria dariga
    darlene darya dawn debbie deborah deirdre delia della denise desiree diana diane dina dinara dolores donna dora
    doris dorothea dorothy edith edna eileen ekaterina elaine eleanor elena elisa elise eliza elizabeth ella ellen
    elsa elsie emilia emilie emily emma enid erica erika erin ernestine esme esther ethel eunice eva eve evelyn
    evgenia faith farah fatima fay felicia fern fiona flora florence frances francesca francine frida gabriela
    gabrielle gail galina gaukhar gemma genevieve georgia geraldine gertrude gina ginny giovanna giulia gladys
    glenda gloria grace greta gretchen guadalupe gulmira gulnar gulnara gulzhan gwen hadiya hana hannah harriet
    hazel heather heidi helen hilda hillary holly hope huma ida imelda imogen indira ines ingrid inna irene irina
    irma isabel isabella isla ivanka ivy jacinda jacqueline jada jane janelle janet janice janine jasmine jean
    jeanne jemima jen jenna jennifer jenny jessica jill joan joanna joanne jocelyn jodie jolene josefina josephine
    josie joyce juanita judi judith judy julia juliana julie juliet june justine kaitlyn kamala kamila kara karen
    karin karina karla karlygash katarina kate kathleen kathryn kathy katie katrina kay kayla keisha kellyanne
    kimberly kira kirsten klavdiya krista kristen kristin kristina kristine ksenia kseniya kuralay kylie lara larisa
    latoya laura lauren laurie layla lea leah leanne leila lena leonie leticia leyla lidia lidiya lillian lily linda
    lisa liz liza lola loretta lori lorna lorraine louise lucia lucie lucille lucy ludmila luisa lydia lyn lynn
    lyubov lyudmila mabel maddie madina madison mae maeve maggie mairead mallory mandy manuela mara marcela marcia
    margaret margot marguerite maria mariam marianne maribel marie marilyn marina marisa marissa marjorie marlene
    marta martha mary marzhan matilda maude maura maureen maya meg megan megyn melania melinda melissa mercedes
    meredith meron meruert mia michaela michelle mildred millie mina mindy minnie miranda miriam miroslava moldir
    mollie molly mona monica muriel myra myrtle nadezhda nadia nadine nan nancy naomi natalia natalie natalya
    natasha nazgul nell nellie niamh nicola nicole nina noelle nora oksana olga olive olivia ophelia orla paige pam
    pamela patrice patricia patty paula pauline pearl peggy penny perizat petra philippa phoebe phyllis polina polly
    portia priscilla priti priya queenie rachael rachel raisa ramona rania raushan rebecca regina renata renee rhoda
    rhonda rita roberta rochelle rosa rosalie rosalind rosanna rose rosemary rosie rowena roxanne roza ruby ruth
    sabrina sadie sally salma saltanat samantha sandra sandy saoirse sara sarah saule selena selma serena shari
    sharon shauna sheila shelly sherry shirin shirley sholpan sigrid silvia simona simone sinead siobhan sofia sofya
    sonia sonja sophia sophie stacy stella stephanie sue susan susana susanna suzanne svetlana sybil sylvia tamara
    tamika tammy tania tanya tara tatiana tatyana teresa tess thelma theodora theresa tiffany tina togzhan tolganay
    tonya trudy ulzhan ursula usha valentina valeria valerie vanessa velma vera veronica veronika vicki vicky
    victoria viola virginia vivian vivienne wanda wendy whitney wilma winifred xiomara yana yasmeen yasmin
    yekaterina yelena yolanda yulia yvette yvonne zainab zara zarina zauresh zhanar zhanna zhibek zinaida zoe
    zulfiya zuzana
    """.split()
)
EITHER = frozenset(
    """
    jan alexis casey dana dee dominique drew jackie jaime jamie jordan kelley kelly kerry kim leslie lindsey morgan noor
    pat robin rowan sasha shannon taylor tracy
    """.split()
)
#: Given names by which a person's name is known for one.
GIVEN = MALE | FEMALE | EITHER


def gender(given: str) -> str:
    """``m``, ``f``, or nothing where a name does not tell."""
    low = given.casefold().strip(".")
    low = low.split("-")[0] if "-" in low else low
    return "m" if low in MALE else "f" if low in FEMALE else ""
